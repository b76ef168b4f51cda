package io.synchronik.impl.run;

import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.exec.Failures;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.run.Failure;
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
 */
public record AttemptFailures(Execution execution, WorkerConfig config, int attempt) {
  /** The work threw; when it was to stop, that is why. */
  public AttemptEnd failed(Throwable thrown, Optional<WorkerHooks> hooks) {
    return execution
        .stopped()
        .map(stop -> stopped(stop, hooks))
        .orElseGet(() -> new AttemptEnd.Failed(Failures.of(thrown), retryDelay(hooks)));
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

  private Duration retryDelay(Optional<WorkerHooks> hooks) {
    RetryPolicy retry = config.retry();
    int next = attempt + 1;
    if (next > retry.maxRetries() + 1) {
      return Duration.ZERO;
    }
    Duration configured = retry.delayBefore(next, ThreadLocalRandom.current().nextDouble());
    try {
      Duration asked = hooks.map(hook -> hook.retryDelay(next, configured)).orElse(configured);
      return asked.isNegative() ? Duration.ZERO : asked;
    } catch (RuntimeException e) {
      return configured;
    }
  }
}
