package io.synchronik;

import io.synchronik.unit.UnitStatus;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All units of the application at one moment, read in one transaction. Immutable.
 *
 * @param application the application that owns them
 * @param node the node that answered
 * @param at database time of the reading
 * @param units ordered by id
 */
public record RegistrySnapshot(String application, String node, Instant at, List<UnitView> units) {
  public RegistrySnapshot {
    units = List.copyOf(units);
  }

  /** Returns how many units have each status; statuses that none has are absent. */
  public Map<UnitStatus, Long> countsByStatus() {
    return units.stream()
        .collect(
            Collectors.groupingBy(
                UnitView::status, () -> new EnumMap<>(UnitStatus.class), Collectors.counting()));
  }
}
