package io.synchronik.impl.run;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.task.CurrentAttempt;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.item.ItemSource;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerHooks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Executes one attempt on the calling thread: arm the timeout, open the target, do the work,
 * disarm, tell how it ended. A transactional attempt's completion is written in its own
 * transaction.
 */
public final class AttemptRunner {
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Transactions transactions;
  private final Completions completions;
  private final EngineThreads threads;
  private final AttemptContexts contexts;
  private final Results results;
  private final Enumeration enumeration;
  private final Settings settings;

  /**
   * What the work of an attempt leads to.
   *
   * @param results of plain work
   * @param enumeration of items
   */
  public record Ways(Results results, Enumeration enumeration) {}

  /** How the items of a run come to be. */
  @FunctionalInterface
  public interface Enumeration {
    /** Adds the items of a run; returns when all are written. */
    void enumerate(Attempt attempt, RunContext context, ItemSource<Object> source) throws Exception;
  }

  public AttemptRunner(
      Transactions transactions,
      Completions completions,
      EngineThreads threads,
      AttemptContexts contexts,
      Ways ways,
      Settings settings) {
    this.transactions = transactions;
    this.completions = completions;
    this.threads = threads;
    this.contexts = contexts;
    this.results = ways.results;
    this.enumeration = ways.enumeration;
    this.settings = settings;
  }

  /** Runs the attempt and hands over its end, unless that is committed already. */
  public void run(Attempt attempt) {
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
      AttemptEnd done = call(attempt, context, opened);
      return attempt
          .stopped()
          .filter(
              stop ->
                  stop instanceof Execution.Stop.TimedOut || stop instanceof Execution.Stop.Overdue)
          .map(stop -> failures(attempt).stopped(stop, Optional.empty()))
          .orElse(done);
    } catch (Throwable e) {
      // Whatever the work throws ends the attempt and nothing else.
      return failed(attempt, e, opened.hooks());
    }
  }

  private AttemptEnd call(Attempt attempt, AttemptContext context, WorkTarget.Opened opened)
      throws Exception {
    if (attempt.worker().target().items() != null) {
      uninterrupted(
          attempt,
          () -> {
            enumeration.enumerate(attempt, context, opened.items());
            return null;
          });
      return new AttemptEnd.Enumerated();
    }
    Object result = uninterrupted(attempt, () -> opened.run(context));
    return new AttemptEnd.Succeeded(results.of(attempt.owned(), result));
  }

  /** What follows the work must not meet an interrupt that was meant for it. */
  private static @Nullable Object uninterrupted(Attempt attempt, Callable<@Nullable Object> work)
      throws Exception {
    try {
      return work.call();
    } finally {
      attempt.end();
    }
  }

  /** Returns null when the completion has been committed with the work. */
  private @Nullable AttemptEnd transactional(Attempt attempt, AttemptContext context) {
    Duration timeout = timeout(attempt);
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
    if (!(end instanceof AttemptEnd.Succeeded || end instanceof AttemptEnd.Enumerated)) {
      throw new AttemptFailed(end);
    }
    return end;
  }

  private void completeInside(Tx tx, Attempt attempt, AttemptEnd end) {
    completions
        .applyInside(tx, new Completions.Ended(attempt, end))
        .ifPresent(
            instead -> {
              throw new AttemptFailed(instead);
            });
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

  private static AttemptEnd failed(Attempt attempt, Throwable thrown, Optional<WorkerHooks> hooks) {
    return failures(attempt).failed(thrown, hooks);
  }

  private static AttemptFailures failures(Attempt attempt) {
    return new AttemptFailures(attempt, attempt.config(), attempt.owned().attempt());
  }

  /** That of a worker with items is for each of them. */
  private static @Nullable Duration timeout(Attempt attempt) {
    return attempt.worker().target().items() == null ? attempt.config().timeout() : null;
  }

  private EngineThreads.@Nullable Alarm armTimeout(Attempt attempt) {
    Duration timeout = timeout(attempt);
    return timeout == null
        ? null
        : threads.later(timeout.toMillis(), () -> attempt.stop(new Execution.Stop.TimedOut()));
  }
}
