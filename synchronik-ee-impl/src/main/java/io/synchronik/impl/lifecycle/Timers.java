package io.synchronik.impl.lifecycle;

import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The clock: it says when, and keeps nothing. A timer that is early, late, lost or repeated costs
 * delay, never correctness.
 */
public interface Timers {
  /**
   * Checks a schedule.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  void check(Schedule schedule);

  /** Returns the first due time of a schedule after another, without jitter; null for none. */
  @Nullable Instant after(Schedule schedule, Instant time);

  /** Starts the timers. */
  void start(Consumer<String> due);

  /** Runs something again and again, never twice at once, until {@link #stop}. */
  void repeat(String name, Duration interval, Runnable task);

  /** Says {@code due} for a unit at a time of the database; replaces what was armed for it. */
  void arm(String unit, Schedule schedule, Instant nextDue);

  /** Ends what was armed for a unit. */
  void disarm(String unit);

  /** Ends all timers and waits for tasks in progress; interrupts what takes longer. */
  void stop(Duration atMost);
}
