package io.synchronik.monitor;

import io.synchronik.run.RunState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A due time of a unit's schedule, and what became of it.
 *
 * @param at when it was due, without jitter
 * @param verdict what became of it
 * @param run the run that it got, also a skipped one; null for none
 * @param reason more of why that is so, in English; null where there is nothing to say
 */
public record DueTime(
    Instant at, DueVerdict verdict, @Nullable DueRun run, @Nullable String reason) {
  /**
   * The run of a due time.
   *
   * @param id its id
   * @param state its state
   * @param late how long after the due time it started, jitter included; null when it has not
   */
  public record DueRun(String id, RunState state, @Nullable Duration late) {}
}
