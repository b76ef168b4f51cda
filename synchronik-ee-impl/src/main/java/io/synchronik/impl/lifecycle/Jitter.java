package io.synchronik.impl.lifecycle;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The random part of due times. */
public final class Jitter {
  private Jitter() {}

  /** Returns 0 up to a bound, in milliseconds. */
  public static long of(Duration bound) {
    return bound.isZero() ? 0 : ThreadLocalRandom.current().nextLong(bound.toMillis() + 1);
  }
}
