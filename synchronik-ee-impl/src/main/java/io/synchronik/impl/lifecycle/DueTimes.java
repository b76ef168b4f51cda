package io.synchronik.impl.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The due times of one schedule, without jitter. */
@FunctionalInterface
public interface DueTimes {
  /** Returns the first due time after another, null when there is none. */
  @Nullable Instant after(Instant time);
}
