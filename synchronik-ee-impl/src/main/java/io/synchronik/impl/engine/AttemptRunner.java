package io.synchronik.impl.engine;

import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.lifecycle.Produced;
import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.StoreException;
import io.synchronik.impl.task.CurrentAttempt;
import io.synchronik.run.Failure;
import io.synchronik.worker.RetryPolicy;
import io.synchronik.worker.WorkerHooks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Executes one attempt on the calling thread: arm the timeout, open the target, do the work,
 * disarm, tell how it ended. A transactional attempt's completion is written in its own
 * transaction.
 */
final class AttemptRunner {
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Transactions transactions;
  private final Completions completions;
  private final EngineThreads threads;
  private final AttemptContexts contexts;
  private final Results results;
  private final Settings settings;

  AttemptRunner(
      Transactions transactions,
      Completions completions,
      EngineThreads threads,
      AttemptContexts contexts,
      Results results,
      Settings settings) {
    this.transactions = transactions;
    this.completions = completions;
    this.threads = threads;
    this.contexts = contexts;
    this.results = results;
    this.settings = settings;
  }

  /** Runs the attempt and hands over its end, unless that is committed already. */
  void run(Attempt attempt) {
    AttemptContext context = contexts.of(attempt);
    EngineThreads.Alarm timeout = armTimeout(attempt);
    CurrentAttempt.enter(context);
    attempt.begin();
    AttemptEnd end;
    try {
      end =
          attempt.worker().target().transactional()
              ? transactional(attempt, context)
              : plain(attempt, context);
    } finally {
      attempt.end();
      CurrentAttempt.leave();
      if (timeout != null) {
        timeout.cancel();
      }
    }
    if (end != null) {
      completions.offer(new Completions.Ended(attempt, end));
    }
  }

  private AttemptEnd plain(Attempt attempt, AttemptContext context) {
    try (WorkTarget.Opened opened = attempt.worker().target().open()) {
      return work(attempt, context, opened);
    } catch (RuntimeException | LinkageError e) {
      return failed(attempt, e, Optional.empty());
    }
  }

  private AttemptEnd work(Attempt attempt, AttemptContext context, WorkTarget.Opened opened) {
    try {
      Object result = call(attempt, context, opened);
      Produced produced = results.of(attempt.owned(), result);
      return attempt
          .stopped()
          .filter(Attempt.Stop.TimedOut.class::isInstance)
          .map(stop -> stopped(attempt, stop, Optional.empty()))
          .orElseGet(() -> new AttemptEnd.Succeeded(produced));
    } catch (Throwable e) {
      // Whatever the work throws ends the attempt and nothing else.
      return failed(attempt, e, opened.hooks());
    }
  }

  /** What follows the work must not meet an interrupt that was meant for it. */
  private static @Nullable Object call(
      Attempt attempt, AttemptContext context, WorkTarget.Opened opened) throws Exception {
    try {
      return opened.run(context);
    } finally {
      attempt.end();
    }
  }

  /** Returns null when the completion has been committed with the work. */
  private @Nullable AttemptEnd transactional(Attempt attempt, AttemptContext context) {
    Duration timeout = attempt.config().timeout();
    Duration limit = timeout == null ? settings.work().transactionTimeout() : timeout.plus(MARGIN);
    try {
      transactions.withUserCode(
          limit, () -> workInside(attempt, context), (tx, end) -> completeInside(tx, attempt, end));
      return null;
    } catch (AttemptFailed e) {
      return e.end();
    } catch (RuntimeException | LinkageError e) {
      // A failed commit decides nothing. If it came true, the fence refuses what is told here; if
      // the database is away, it is told when that is back, and no fault of the work.
      return StoreException.isOutage(e)
          ? new AttemptEnd.Interrupted()
          : failed(attempt, e, Optional.empty());
    }
  }

  private AttemptEnd workInside(Attempt attempt, AttemptContext context) {
    AttemptEnd end;
    try (WorkTarget.Opened opened = attempt.worker().target().open()) {
      end = work(attempt, context, opened);
    }
    if (!(end instanceof AttemptEnd.Succeeded)) {
      throw new AttemptFailed(end);
    }
    return end;
  }

  private void completeInside(Tx tx, Attempt attempt, AttemptEnd end) {
    if (!completions.applyInside(tx, new Completions.Ended(attempt, end))) {
      throw new AttemptFailed(new AttemptEnd.Interrupted());
    }
  }

  /** Rolls the work back and carries how it ended. */
  private static final class AttemptFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient AttemptEnd end;

    AttemptFailed(AttemptEnd end) {
      super(null, null, false, false);
      this.end = end;
    }

    AttemptEnd end() {
      return end;
    }
  }

  private AttemptEnd failed(Attempt attempt, Throwable thrown, Optional<WorkerHooks> hooks) {
    return attempt
        .stopped()
        .map(stop -> stopped(attempt, stop, hooks))
        .orElseGet(() -> new AttemptEnd.Failed(Failures.of(thrown), retryDelay(attempt, hooks)));
  }

  private AttemptEnd stopped(Attempt attempt, Attempt.Stop stop, Optional<WorkerHooks> hooks) {
    if (stop instanceof Attempt.Stop.Cancelled cancelled) {
      return new AttemptEnd.Cancelled(cancelled.by());
    }
    if (stop instanceof Attempt.Stop.NodeStops) {
      return new AttemptEnd.Interrupted();
    }
    Duration timeout = attempt.config().timeout();
    String after = timeout == null ? "" : DurationText.write(timeout);
    Failure failure =
        new Failure(
            "java.util.concurrent.TimeoutException", Message.TIMED_OUT.with(after), "", null);
    return new AttemptEnd.Failed(failure, retryDelay(attempt, hooks));
  }

  private static Duration retryDelay(Attempt attempt, Optional<WorkerHooks> hooks) {
    RetryPolicy retry = attempt.config().retry();
    int next = attempt.owned().attempt() + 1;
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

  private EngineThreads.@Nullable Alarm armTimeout(Attempt attempt) {
    Duration timeout = attempt.config().timeout();
    return timeout == null
        ? null
        : threads.later(timeout.toMillis(), () -> attempt.stop(new Attempt.Stop.TimedOut()));
  }
}
