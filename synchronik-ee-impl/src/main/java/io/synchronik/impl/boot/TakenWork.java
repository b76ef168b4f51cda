package io.synchronik.impl.boot;

import io.synchronik.impl.exec.Dispatcher;
import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.exec.Job;
import io.synchronik.impl.exec.Questions;
import io.synchronik.impl.item.RunningItems;
import io.synchronik.impl.item.claim.ItemSlice;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.run.attempt.Attempt;
import io.synchronik.impl.run.attempt.Completions;
import io.synchronik.impl.run.attempt.RunAttempts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** What this node has taken for its threads: given back, forgotten, and waited for at the stop. */
final class TakenWork {
  private static final Logger LOG = System.getLogger(TakenWork.class.getName());

  /** Jobs get so long after their interrupt: less than what their part has after the grace. */
  private static final Duration AFTER_INTERRUPT = Duration.ofMillis(4500);

  private final Dispatcher dispatcher;
  private final RunAttempts attempts;
  private final Completions completions;
  private final RunningItems items;
  private final Questions questions;

  /** Whether nothing is under way. */
  private volatile boolean drained = true;

  TakenWork(
      Dispatcher dispatcher,
      RunAttempts attempts,
      Completions completions,
      RunningItems items,
      Questions questions) {
    this.questions = questions;
    this.dispatcher = dispatcher;
    this.attempts = attempts;
    this.completions = completions;
    this.items = items;
  }

  void start(EngineThreads threads) {
    drained = false;
    dispatcher.start(threads);
  }

  /** What was taken ahead of free threads goes on elsewhere, or here later. */
  void giveBack(long waitedMillis) {
    for (Job job : dispatcher.takeBack(job -> job.execution().millis() >= waitedMillis)) {
      if (job instanceof Attempt attempt) {
        AttemptEnd end =
            attempt.stopped().orElse(null) instanceof Execution.Stop.Cancelled cancelled
                ? new AttemptEnd.Cancelled(cancelled.by())
                : new AttemptEnd.Interrupted();
        completions.offer(new Completions.Ended(attempt, end));
      } else if (job instanceof ItemSlice slice) {
        items.giveBack(slice);
      }
    }
  }

  /** Others have taken over what the node owned. */
  void forget() {
    for (Job job : dispatcher.takeBack(job -> true)) {
      if (job instanceof Attempt attempt) {
        attempts.settled(attempt.owned());
      } else if (job instanceof ItemSlice slice) {
        items.forget(slice);
      }
    }
    dispatcher.interrupt(new Execution.Stop.NodeStops());
  }

  /** Takes nothing more, lets what runs end, and interrupts what does not. */
  void drain(Duration grace) {
    giveBack(0);
    List<Job> left = dispatcher.drain(grace);
    if (!left.isEmpty()) {
      dispatcher.interrupt(new Execution.Stop.NodeStops());
      questions.stop();
      left = dispatcher.drain(AFTER_INTERRUPT);
    }
    if (!left.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "{0} attempts ignore their interrupt; their runs go on elsewhere when the lease has"
              + " passed",
          left.size());
    }
    drained = left.isEmpty();
  }

  /** Returns whether nothing is under way any more. */
  boolean isDrained() {
    return drained;
  }
}
