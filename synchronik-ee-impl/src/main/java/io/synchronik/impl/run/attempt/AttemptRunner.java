package io.synchronik.impl.run.attempt;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.exec.Questions;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.lifecycle.Produced;
import io.synchronik.impl.output.Outputs;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.task.CurrentAttempt;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.impl.unit.RollbackRules;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.item.ItemSource;
import io.synchronik.run.WrongStateException;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerHooks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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
  private final UserCode code;
  private final Questions questions;
  private final Outputs outputs;

  /**
   * What the work of an attempt leads to.
   *
   * @param results of plain work
   * @param enumeration of items
   * @param code the boundary around it
   * @param questions what the application is asked besides
   * @param outputs of attempts
   */
  public record Ways(
      Results results,
      Enumeration enumeration,
      UserCode code,
      Questions questions,
      Outputs outputs) {}

  /** How the items of a run come to be. */
  @FunctionalInterface
  public interface Enumeration {
    /**
     * Adds the items of a run; returns when all are written.
     *
     * @throws Torn if the engine itself did not reach the database
     */
    void enumerate(Attempt attempt, RunContext context, ItemSource<Object> source) throws Exception;
  }

  /**
   * An enumeration has met an outage of the database in a statement of the engine, and not of the
   * work: the next one takes up what is written of it, or takes it back.
   */
  public static final class Torn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Throwable outage;

    public Torn(Throwable outage) {
      super(outage);
      this.outage = outage;
    }
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
    this.code = ways.code;
    this.questions = ways.questions;
    this.outputs = ways.outputs;
    this.settings = settings;
  }

  /** Runs the attempt and hands over its end, unless that is committed already. */
  public void run(Attempt attempt) {
    RunStore.Owned run = attempt.owned();
    attempt.says(
        outputs.begin(
            new RunStore.Claimed(run.id(), run.fence()), attempt.worker().switches().output()));
    EngineThreads.Alarm timeout = armTimeout(attempt);
    AttemptEnd end;
    try {
      end = judged(attempt);
    } finally {
      outputs.end(attempt.output());
      if (timeout != null) {
        timeout.cancel();
      }
    }
    if (end != null) {
      completions.offer(new Completions.Ended(attempt, end));
    }
  }

  /** Whoever cannot judge the result does not begin the work. */
  private @Nullable AttemptEnd judged(Attempt attempt) {
    try {
      attempt.judgedBy(results.choice().on(attempt.owned()));
    } catch (WrongStateException e) {
      return failed(attempt, e, Optional.empty());
    } catch (RuntimeException | Error e) {
      if (!StoreException.isOutage(e)) {
        throw e;
      }
      return new AttemptEnd.Interrupted();
    }
    RollbackRules rules = attempt.worker().target().transaction();
    return rules == null ? worked(attempt) : transactional(attempt, rules);
  }

  private AttemptEnd worked(Attempt attempt) {
    return code.call(
        () -> {
          AttemptContext context = contexts.of(attempt);
          CurrentAttempt.enter(context);
          attempt.begin();
          try (WorkTarget.Opened opened = attempt.worker().target().open()) {
            return work(attempt, context, opened);
          } finally {
            attempt.end();
            CurrentAttempt.leave();
          }
        },
        e -> failed(attempt, e, Optional.empty()));
  }

  private AttemptEnd work(Attempt attempt, AttemptContext context, WorkTarget.Opened opened) {
    return code.<Supplier<AttemptEnd>>call(
            () -> {
              Object result =
                  Outputs.during(attempt.output(), () -> call(attempt, context, opened));
              return () -> returned(attempt, result, opened.hooks());
            },
            e -> () -> failed(attempt, e, opened.hooks()))
        .get();
  }

  private @Nullable Object call(Attempt attempt, AttemptContext context, WorkTarget.Opened opened)
      throws Exception {
    if (attempt.worker().target().items() == null) {
      return Awaited.result(opened.run(context));
    }
    enumeration.enumerate(attempt, context, opened.items());
    return null;
  }

  /** What follows the work must not meet an interrupt that was meant for it. */
  private AttemptEnd returned(
      Attempt attempt, @Nullable Object result, Optional<WorkerHooks> hooks) {
    attempt.end();
    Optional<Execution.Stop> stop =
        attempt
            .stopped()
            .filter(
                why ->
                    why instanceof Execution.Stop.TimedOut
                        || why instanceof Execution.Stop.Overdue);
    if (stop.isPresent()) {
      return failures(attempt).stopped(stop.get(), Optional.empty());
    }
    if (attempt.worker().target().items() != null) {
      return new AttemptEnd.Enumerated();
    }
    return code.call(
        () -> new AttemptEnd.Succeeded(produced(attempt, result)),
        e ->
            e instanceof Questions.Stopped
                ? new AttemptEnd.Interrupted()
                : failed(attempt, e, hooks));
  }

  private Produced produced(Attempt attempt, @Nullable Object result) {
    String written = results.written(attempt.owned(), result);
    Results.Conditions conditions = attempt.conditions();
    return new Produced(
        written,
        attempt.worker().target().transaction() != null
            ? conditions.askHere(result)
            : Questions.awaited(conditions.ask(result)));
  }

  /** Returns null when the completion has been committed with the work. */
  private @Nullable AttemptEnd transactional(Attempt attempt, RollbackRules rules) {
    Duration timeout = timeout(attempt);
    Duration limit = timeout == null ? settings.work().transactionTimeout() : timeout.plus(MARGIN);
    AtomicReference<AttemptEnd> failure = new AtomicReference<>();
    try {
      transactions.withUserCode(
          limit,
          () -> workInside(attempt, rules, failure),
          (tx, end) -> completeInside(tx, attempt, end));
      return null;
    } catch (AttemptFailed e) {
      return e.end();
    } catch (Throwable e) {
      // A failed commit decides nothing. If it came true, the fence refuses what is told here; if
      // the database is away, or somebody holds what is to end, it is no fault of the work.
      if (StoreException.isOutage(e) || StoreException.isLocked(e)) {
        return new AttemptEnd.Interrupted();
      }
      AttemptEnd kept = failure.get();
      return kept == null
          ? failed(attempt, e, Optional.empty())
          : AttemptFailures.rolledBackAfterAll(kept, e);
    }
  }

  private AttemptEnd workInside(
      Attempt attempt, RollbackRules rules, AtomicReference<AttemptEnd> failure) {
    AttemptEnd end = worked(attempt);
    if (end instanceof AttemptEnd.Succeeded || end instanceof AttemptEnd.Enumerated) {
      return end;
    }
    if (!failures(attempt).keepsWrites(end, rules, transactions)) {
      throw new AttemptFailed(end);
    }
    failure.set(end);
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

  private AttemptEnd failed(Attempt attempt, Throwable thrown, Optional<WorkerHooks> hooks) {
    attempt.end();
    if (thrown instanceof Torn torn) {
      return failures(attempt).torn(torn.outage, attempt.owned().losses(), hooks);
    }
    // Work that has ended the attempt's transaction itself may have committed it
    return attempt.worker().target().transaction() != null && transactions.current() != null
        ? failures(attempt).rolledBack(thrown, attempt.owned().losses(), hooks)
        : failures(attempt).failed(thrown, hooks);
  }

  private AttemptFailures failures(Attempt attempt) {
    RetryDelays delays = new RetryDelays(code, questions, attempt.worker(), attempt.owned().id());
    return new AttemptFailures(attempt, attempt.config(), attempt.owned().attempt(), delays);
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
