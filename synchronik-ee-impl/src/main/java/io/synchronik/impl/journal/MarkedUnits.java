package io.synchronik.impl.journal;

import io.synchronik.impl.store.jdbc.UlidRange;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * In which moment this node has marked last that there are events of a unit. Only what is committed
 * counts: of two transactions at once both mark, and after one that was rolled back the next does.
 */
final class MarkedUnits {
  /** What is forgotten is marked once more. */
  private static final int MOST = 20_000;

  private final Map<String, Long> moments = new ConcurrentHashMap<>();

  /**
   * Tells which events of a batch mark that there are some of their unit.
   *
   * @param units those of the events; empty for none
   */
  boolean[] marks(String batch, List<String> units) {
    long moment = UlidRange.moment(batch);
    Set<String> seen = new HashSet<>();
    boolean[] marks = new boolean[units.size()];
    for (int i = 0; i < marks.length; i++) {
      Long marked = seen.add(units.get(i)) ? moments.get(units.get(i)) : Long.valueOf(moment);
      marks[i] = marked == null || marked != moment;
    }
    return marks;
  }

  /** A batch that has events of some units is committed. */
  void committed(String batch, Collection<String> units) {
    if (moments.size() > MOST) {
      moments.clear();
    }
    long moment = UlidRange.moment(batch);
    units.forEach(unit -> moments.merge(unit, moment, Math::max));
  }
}
