package io.synchronik.impl.run.attempt;

import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.lifecycle.RunLifecycle;
import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.tx.Failures;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.impl.unit.RollbackRules;
import io.synchronik.run.Failure;
import io.synchronik.worker.NodeLoss;
import io.synchronik.worker.RetryPolicy;
import io.synchronik.worker.WorkerConfig;
import io.synchronik.worker.WorkerHooks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the failure of an attempt of a run or an item means.
 *
 * @param execution what was executed
 * @param config of the worker
 * @param attempt number of the attempt that failed
 * @param delays asks how long to wait before the next one
 */
public record AttemptFailures(
    Execution execution, WorkerConfig config, int attempt, RetryDelays delays) {
  /** The work threw; when it was to stop, that is why. */
  public AttemptEnd failed(Throwable thrown, Optional<WorkerHooks> hooks) {
    return execution
        .stopped()
        .map(stop -> stopped(stop, hooks))
        .orElseGet(() -> new AttemptEnd.Failed(Failures.of(thrown), retryDelay(hooks)));
  }

  /**
   * The work threw, and its transaction is rolled back. A lost connection is no fault of the work:
   * it counts as the loss of its node does. When one loss more would end it, it fails by what it
   * threw instead, with the retries that it has; so does work that is not to be begun twice.
   *
   * @param losses before this one
   */
  public AttemptEnd rolledBack(Throwable thrown, int losses, Optional<WorkerHooks> hooks) {
    return mayBeLost(losses)
            && delays.code().call(() -> StoreException.isLostConnection(thrown), e -> false)
        ? new AttemptEnd.Lost(true)
        : failed(thrown, hooks);
  }

  /**
   * The engine did not reach the database on behalf of the work: the same, as nothing that was
   * written is done twice.
   */
  public AttemptEnd torn(Throwable outage, int losses, Optional<WorkerHooks> hooks) {
    return mayBeLost(losses) ? new AttemptEnd.Lost(true) : failed(outage, hooks);
  }

  private boolean mayBeLost(int losses) {
    return execution.stopped().isEmpty()
        && losses + 1 < RunLifecycle.MOST_LOSSES
        && config.retry().onNodeLoss() == NodeLoss.RETRY;
  }

  /**
   * Returns whether what the work has written is committed with the end of the attempt, which is a
   * failure.
   */
  public boolean keepsWrites(AttemptEnd end, RollbackRules rules, Transactions transactions) {
    return end instanceof AttemptEnd.Failed failed
        && execution.stopped().isEmpty()
        && transactions.mayCommit()
        && failed.failure().exception().filter(thrown -> keepsWrites(thrown, rules)).isPresent();
  }

  private boolean keepsWrites(Throwable thrown, RollbackRules rules) {
    return !rules.rollsBack(thrown)
        && delays.code().call(() -> !StoreException.isLostConnection(thrown), e -> false);
  }

  /**
   * Returns how an attempt ends whose failure was to be committed with what it has written, and was
   * not.
   *
   * @param end the failure
   * @param why the commit failed
   */
  public static AttemptEnd rolledBackAfterAll(AttemptEnd end, Throwable why) {
    UserCode.warn("What work has written that failed could not be committed", why);
    return end;
  }

  /** The work was to stop, and did. */
  public AttemptEnd stopped(Execution.Stop stop, Optional<WorkerHooks> hooks) {
    if (stop instanceof Execution.Stop.Cancelled cancelled) {
      return new AttemptEnd.Cancelled(cancelled.by());
    }
    if (stop instanceof Execution.Stop.NodeStops) {
      return new AttemptEnd.Interrupted();
    }
    if (stop instanceof Execution.Stop.Overdue overdue) {
      return new AttemptEnd.GivenUp(Failures.overdue(overdue.deadline()));
    }
    Duration timeout = config.timeout();
    String after = timeout == null ? "" : DurationText.write(timeout);
    Failure failure =
        new Failure(
            "java.util.concurrent.TimeoutException", Message.TIMED_OUT.with(after), "", null);
    return new AttemptEnd.Failed(failure, retryDelay(hooks));
  }

  /** The execution was lost on the way, with or without its thread. */
  public static AttemptEnd lost(Execution execution, WorkerConfig config) {
    Execution.Stop stop = execution.stopped().orElse(null);
    if (stop instanceof Execution.Stop.Cancelled cancelled) {
      return new AttemptEnd.Cancelled(cancelled.by());
    }
    if (stop instanceof Execution.Stop.NodeStops) {
      return new AttemptEnd.Interrupted();
    }
    return new AttemptEnd.Lost(config.retry().onNodeLoss() == NodeLoss.RETRY);
  }

  private Duration retryDelay(Optional<WorkerHooks> hooks) {
    RetryPolicy retry = config.retry();
    int next = attempt + 1;
    if (next > retry.maxRetries() + 1) {
      return Duration.ZERO;
    }
    Duration configured = retry.delayBefore(next, ThreadLocalRandom.current().nextDouble());
    return hooks
        .map(hook -> DurationText.most(delays.ask(hook, next, configured)))
        .orElse(configured);
  }
}
