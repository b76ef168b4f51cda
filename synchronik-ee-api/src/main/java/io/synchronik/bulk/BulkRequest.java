package io.synchronik.bulk;

import io.synchronik.run.RunState;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to whom. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the action cannot be done to what the
 * filter is about, or the expected count is negative.
 *
 * @param action what
 * @param filter to whom
 * @param expected to how many, as whoever asks has been told: when there are others by now, by more
 *     than a twentieth and by more than ten, nothing is done; null for however many there are
 * @param reason why, at most 500 characters of which are kept; null when it is not said
 */
public record BulkRequest(
    BulkAction action, BulkFilter filter, @Nullable Long expected, @Nullable String reason) {
  public BulkRequest {
    check(action, filter);
    if (expected != null && expected < 0) {
      throw new IllegalArgumentException("expected must not be negative, but is " + expected);
    }
  }

  private static void check(BulkAction action, BulkFilter filter) {
    boolean ofUnits = filter instanceof BulkFilter.Units;
    boolean forUnits =
        switch (action) {
          case RETRY, CANCEL -> false;
          case PAUSE, RESUME, ENABLE, DISABLE -> true;
        };
    if (ofUnits != forUnits) {
      throw new IllegalArgumentException(
          (ofUnits ? "Units cannot be " : "Only units can be ") + done(action));
    }
    if (filter instanceof BulkFilter.Runs runs) {
      check(action, runs);
    }
  }

  private static void check(BulkAction action, BulkFilter.Runs runs) {
    boolean cancels = action == BulkAction.CANCEL;
    for (RunState state : runs.states()) {
      boolean fits =
          cancels ? !state.isFinal() : state == RunState.FAILED || state == RunState.CANCELED;
      if (!fits) {
        throw new IllegalArgumentException("Runs that are " + state + " cannot be " + done(action));
      }
    }
    if (cancels && runs.group() != null) {
      throw new IllegalArgumentException("Runs that have failed cannot be " + done(action));
    }
  }

  private static String done(BulkAction action) {
    return switch (action) {
      case RETRY -> "retried";
      case CANCEL -> "cancelled";
      case PAUSE -> "paused";
      case RESUME -> "resumed";
      case ENABLE -> "enabled";
      case DISABLE -> "disabled";
    };
  }

  /** Does something to however many fit. */
  public static BulkRequest of(BulkAction action, BulkFilter filter) {
    return new BulkRequest(action, filter, null, null);
  }

  /** Returns a copy for which so many are expected. */
  public BulkRequest expecting(long count) {
    return new BulkRequest(action, filter, count, reason);
  }

  /** Returns a copy with a reason. */
  public BulkRequest because(@Nullable String why) {
    return new BulkRequest(action, filter, expected, why);
  }
}
