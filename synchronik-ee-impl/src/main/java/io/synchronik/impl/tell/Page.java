package io.synchronik.impl.tell;

import io.synchronik.impl.store.event.Place;
import io.synchronik.impl.store.jdbc.UlidRange;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read from the journal.
 *
 * @param incarnation that has written it; null for this node's present one
 * @param after the place behind which to begin
 * @param to the last batch
 */
record Page(@Nullable String incarnation, Place after, String to) {
  /** So many events are read at once. */
  static final int LIMIT = 50;

  static final String END = UlidRange.END;
}
