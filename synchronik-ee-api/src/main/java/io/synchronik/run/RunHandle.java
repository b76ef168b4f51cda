package io.synchronik.run;

import io.synchronik.unit.UnitId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A run that was asked for. Valid on the node that gave it; safe for use by several threads. */
public interface RunHandle {
  /** Returns the run's id. */
  RunId id();

  /** Returns the unit that runs. */
  UnitId unit();

  /**
   * Reads the state from the database.
   *
   * @return the state; {@link RunState#SUBMITTED} while the submitting transaction has not
   *     committed
   * @throws UnknownRunException if that transaction was rolled back, or retention removed the run
   */
  RunState state();

  /**
   * Returns a stage that completes when the run is final, wherever it ran. It completes on a thread
   * of the engine that code which follows it may block, at most about one loop interval (1 s) later
   * when the run ended on another node. It completes exceptionally with {@link UnknownRunException}
   * when the submitting transaction is rolled back, and with {@link EngineStoppedException} when
   * this node stops before the run is final.
   *
   * @return the same stage for each call
   */
  CompletionStage<RunOutcome> outcome();

  /**
   * Waits for the outcome.
   *
   * @param atMost how long to wait; zero and less is a look, more than 100 years are 100 years
   * @return how the run ended
   * @throws IllegalStateException inside the transaction that submitted the run: it can only start
   *     after the commit; and inside work that is part of the run, or before which it cannot begin
   *     ({@link io.synchronik.schedule.Overlap#QUEUE}); and on the thread that starts the
   *     application, after which it begins
   * @throws RunTimeoutException if the run is not final by then; it goes on
   * @throws UnknownRunException if the submitting transaction was rolled back
   */
  RunOutcome join(Duration atMost);

  /**
   * Cancels the run: withdraws it when it has not started, interrupts it when it runs, on any node.
   *
   * @return false when it was final already
   */
  boolean cancel();
}
