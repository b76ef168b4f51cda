package io.synchronik.impl.lifecycle;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The due times of one schedule, without jitter. */
@FunctionalInterface
public interface DueTimes {
  /** Returns the first due time after another, null when there is none. */
  @Nullable Instant after(Instant time);

  /**
   * Returns the least time between two of the ten due times that begin with one; null when that is
   * the last.
   */
  default @Nullable Duration leastGap(Instant first) {
    Duration least = null;
    Instant time = first;
    for (int i = 1; i < 10; i++) {
      Instant next = after(time);
      if (next == null) {
        break;
      }
      Duration gap = Duration.between(time, next);
      least = least == null || gap.compareTo(least) < 0 ? gap : least;
      time = next;
    }
    return least;
  }
}
