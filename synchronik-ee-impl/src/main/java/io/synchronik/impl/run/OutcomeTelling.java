package io.synchronik.impl.run;

import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.tell.Announcer;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunView;
import io.synchronik.unit.UnitId;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells outcomes to those who wait on this node, behind the events of the same unit: nobody knows
 * of an end before its observers have been told, unless these take longer than a moment.
 */
public final class OutcomeTelling {
  /** So many outcomes are looked for in one round. */
  private static final int MOST = 10_000;

  /** Few runs are removed before they have ended: one look in so many. */
  private static final int LOOKS_FOR_REMOVED = 5;

  private int looks;
  private final Announcer announcer;
  private final Outcomes outcomes;
  private final Strands strands;

  /**
   * Creates it.
   *
   * @param announcer tells events in their order
   * @param outcomes who waits
   * @param strands on which the application's code is told
   */
  public OutcomeTelling(Announcer announcer, Outcomes outcomes, Strands strands) {
    this.announcer = announcer;
    this.outcomes = outcomes;
    this.strands = strands;
  }

  /** A run of a unit is final. */
  public void ended(UnitId unit, RunId run, Supplier<RunOutcome> outcome) {
    if (!outcomes.isAwaited(run.value())) {
      // Whoever asks from now on finds it in the tables
      return;
    }
    announcer.follow(unit.value(), run.value(), () -> outcomes.complete(outcome.get()));
  }

  /** The transaction that asked for a run was rolled back, or its unit was removed with it. */
  public void rolledBack(String run) {
    outcomes.fail(run, RunViews.unknown(run));
  }

  /** Looks for what ended elsewhere. */
  public void look(RunViews runs) {
    List<String> waiting = outcomes.next(MOST);
    if (!waiting.isEmpty()) {
      runs.finals(waiting, this::ended);
      if (++looks % LOOKS_FOR_REMOVED == 0) {
        runs.removed(outcomes.seen(waiting)).forEach(this::rolledBack);
      }
    }
  }

  private void ended(RunView run) {
    ended(run.unit(), run.id(), () -> RunViews.outcome(run));
  }

  /** Tells all who still wait that nobody tells them any more, and waits for what follows that. */
  public void stop(String why, Duration within) {
    outcomes.stop(why);
    try {
      var unused = strands.awaitCalm(within);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
