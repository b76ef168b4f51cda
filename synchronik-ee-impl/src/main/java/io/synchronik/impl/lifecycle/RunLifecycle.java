package io.synchronik.impl.lifecycle;

import io.synchronik.impl.settings.Message;
import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import java.time.Instant;

/**
 * The end of an attempt of a run or of an item, as a pure function.
 *
 * <pre>
 *   RUNNING ── Succeeded ──▶ COMPLETED
 *           ── Failed ─────▶ WAITING (attempts left) | READY (and no delay) | FAILED
 *           ── Cancelled ──▶ CANCELED
 *           ── GivenUp ────▶ FAILED
 *           ── Enumerated ─▶ RUNNING, by no node: its items decide
 *           ── Interrupted ▶ READY, attempt not counted
 *           ── Lost ───────▶ READY, attempt not counted | FAILED (third loss, or by policy)
 * </pre>
 */
public final class RunLifecycle {
  /** After so many losses of its node a run fails. */
  public static final int MOST_LOSSES = 3;

  private RunLifecycle() {}

  /**
   * Decides what becomes of a running run.
   *
   * @param attempt number of the attempt that ended, from 1
   * @param maxRetries attempts after the first
   * @param losses how often its node was lost, this one included
   * @param end how the attempt ended
   * @param now database time
   */
  public static RunChange after(
      int attempt, int maxRetries, int losses, AttemptEnd end, Instant now) {
    if (end instanceof AttemptEnd.Succeeded success) {
      return new RunChange(RunState.COMPLETED, null, attempt, success.produced(), null, null);
    }
    if (end instanceof AttemptEnd.Cancelled cancelled) {
      return new RunChange(
          RunState.CANCELED, null, attempt, Produced.NOTHING, null, cancelled.by());
    }
    if (end instanceof AttemptEnd.Enumerated) {
      return new RunChange(RunState.RUNNING, null, attempt, Produced.NOTHING, null, null);
    }
    if (end instanceof AttemptEnd.GivenUp given) {
      return new RunChange(RunState.FAILED, null, attempt, Produced.NOTHING, given.failure(), null);
    }
    if (end instanceof AttemptEnd.Failed failed) {
      if (attempt > maxRetries) {
        return new RunChange(
            RunState.FAILED, null, attempt, Produced.NOTHING, failed.failure(), null);
      }
      Instant due = now.plus(failed.retryDelay());
      return new RunChange(
          RunState.WAITING, due, attempt, Produced.NOTHING, failed.failure(), null);
    }
    if (end instanceof AttemptEnd.Lost lost && !lost.goesOn()) {
      Failure failure = new Failure("NodeLost", Message.LOST_AND_OVER.with(), "", null);
      return new RunChange(RunState.FAILED, null, attempt, Produced.NOTHING, failure, null);
    }
    if (end instanceof AttemptEnd.Lost && losses >= MOST_LOSSES) {
      Failure lost = new Failure("NodeLost", Message.LOST.with(losses), "", null);
      return new RunChange(RunState.FAILED, null, attempt, Produced.NOTHING, lost, null);
    }
    return new RunChange(RunState.READY, null, attempt - 1, Produced.NOTHING, null, null);
  }
}
