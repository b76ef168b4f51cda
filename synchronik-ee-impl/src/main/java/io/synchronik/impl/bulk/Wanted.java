package io.synchronik.impl.bulk;

import io.synchronik.bulk.BulkAction;
import io.synchronik.bulk.BulkFilter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is done to many, as the engine does it.
 *
 * @param action what
 * @param filter to whom
 * @param by who asked for it, null for code
 * @param reason why, null when it was not said
 * @param at when it was asked for: what comes later is not meant
 */
record Wanted(
    BulkAction action,
    BulkFilter filter,
    @Nullable String by,
    @Nullable String reason,
    Instant at) {
  private static final String CODE = "code";

  /** Returns who asked, by a name. */
  String asker() {
    return by == null ? CODE : by;
  }

  /** Tells whether something is tried again. */
  boolean isRetry() {
    return action == BulkAction.RETRY;
  }

  /** Returns what is said of something that is cancelled. */
  String why() {
    return reason == null ? "cancelled by " + asker() : reason;
  }
}
