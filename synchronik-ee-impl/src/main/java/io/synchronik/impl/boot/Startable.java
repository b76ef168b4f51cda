package io.synchronik.impl.boot;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A part of the engine that comes and goes with it.
 *
 * @param name what its stop does, for the log
 * @param start begins it
 * @param stop ends it; may take as long as it is told, and is interrupted when it takes longer
 * @param most how long its stop may take
 */
record Startable(String name, Runnable start, Consumer<Duration> stop, Duration most) {
  /** How long most parts may take. */
  static final Duration USUAL = Duration.ofSeconds(5);

  Startable(String name, Runnable start, Consumer<Duration> stop) {
    this(name, start, stop, USUAL);
  }

  /** A part that only has something to do at the stop. */
  static Startable atStop(String name, Consumer<Duration> stop) {
    return new Startable(name, () -> {}, stop);
  }
}
