package io.synchronik.schedule;

import java.time.Duration;

final class Ranges {
  private Ranges() {}

  static void notNegative(String name, Duration value) {
    atLeast(name, value, Duration.ZERO);
  }

  static void atLeast(String name, Duration value, Duration bound) {
    if (value.compareTo(bound) < 0) {
      throw new IllegalArgumentException(
          name + " must be at least " + bound.toMillis() + " ms, not " + value.toMillis() + " ms");
    }
  }
}
