package io.synchronik.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of a longer list. Immutable.
 *
 * @param items in the order that was asked for
 * @param next cursor for the following page; null when there is none
 * @param <T> what it lists
 */
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }
}
