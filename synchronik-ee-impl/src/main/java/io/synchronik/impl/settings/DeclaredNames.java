package io.synchronik.impl.settings;

import io.synchronik.unit.UnitKind;
import java.util.Map;
import java.util.Set;

/**
 * Names in the code that keys of settings are made of.
 *
 * @param units what kind each declared unit is of, by its id
 * @param queues the queues of declared workers
 * @param keys those that expressions in annotations asked for
 */
public record DeclaredNames(Map<String, UnitKind> units, Set<String> queues, Set<String> keys) {
  public DeclaredNames {
    units = Map.copyOf(units);
    queues = Set.copyOf(queues);
    keys = Set.copyOf(keys);
  }
}
