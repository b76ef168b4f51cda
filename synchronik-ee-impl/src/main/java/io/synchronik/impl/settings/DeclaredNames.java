package io.synchronik.impl.settings;

import java.util.Map;
import java.util.Set;

/**
 * Names in the code that keys of settings are made of.
 *
 * @param units what may be set of each declared unit, by its id
 * @param queues the queues of declared workers
 * @param keys those that expressions in annotations asked for
 */
public record DeclaredNames(Map<String, Set<String>> units, Set<String> queues, Set<String> keys) {
  public DeclaredNames {
    units = Map.copyOf(units);
    queues = Set.copyOf(queues);
    keys = Set.copyOf(keys);
  }
}
