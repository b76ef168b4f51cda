package io.synchronik.impl.run.attempt;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Lane;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.lifecycle.RunLifecycle;
import io.synchronik.impl.run.RunEnds;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Failures;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.run.Failure;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records how attempts ended: those of plain work grouped, as many as are there, in one
 * transaction; those of transactional work inside their own.
 */
public final class Completions {
  /**
   * An attempt that ended.
   *
   * @param attempt the attempt
   * @param end how
   */
  public record Ended(Attempt attempt, AttemptEnd end) {}

  /** What follows the commit of an end; only signals. */
  public interface Followers {
    /** An end has been committed. */
    void applied(Attempt attempt, RunChange change);

    /** An end came with an old fence and changed nothing. */
    void rejected(Attempt attempt);
  }

  private static final Logger LOG = System.getLogger(Completions.class.getName());
  private static final int MOST_GROUPED = 500;

  private final Transactions transactions;
  private final RunEnds ends;
  private final Followers followers;
  private final Lane<Ended> lane =
      Lane.ofThings("recording completions", MOST_GROUPED, this::record);

  public Completions(Transactions transactions, RunEnds ends, Followers followers) {
    this.transactions = transactions;
    this.ends = ends;
    this.followers = followers;
  }

  public void start(EngineThreads threads) {
    threads.start("completions", lane);
  }

  /** Records what is queued and ends. */
  public boolean stop(Duration atMost) {
    return lane.close(atMost);
  }

  public void offer(Ended ended) {
    lane.offer(ended);
  }

  /** Returns ends of runs that somebody else holds. */
  private List<Ended> record(List<Ended> batch) {
    try {
      return transactions.own(tx -> applyFree(tx, batch));
    } catch (RuntimeException | Error e) {
      // After a failed commit some may stand already; what stands is not applied again.
      if (batch.size() > 1
          || !StoreException.isAboutData(e)
          || batch.get(0).end instanceof AttemptEnd.Failed) {
        throw e;
      }
      return recordAsFailed(batch.get(0), e);
    }
  }

  /** What the database cannot store as a result ends as a failure; anything else is tried again. */
  private List<Ended> recordAsFailed(Ended ended, Throwable why) {
    LOG.log(Level.WARNING, "The database refuses the end of run " + ended.attempt.id(), why);
    Failure failure = Failures.refused(why);
    Ended failed = new Ended(ended.attempt, new AttemptEnd.Failed(failure, Duration.ZERO));
    return transactions.own(tx -> applyFree(tx, List.of(failed))).isEmpty()
        ? List.of()
        : List.of(ended);
  }

  /**
   * Records the end of an attempt in its own transaction; returns how it ends instead when that
   * cannot stand: the claim owns the run no more, or somebody has cancelled it.
   */
  Optional<AttemptEnd> applyInside(Tx tx, Ended ended) {
    List<RunEnds.Item> applied = apply(tx, List.of(ended));
    if (applied.isEmpty()) {
      return Optional.of(new AttemptEnd.Interrupted());
    }
    RunChange change = applied.get(0).change();
    return change.state() == RunState.CANCELED
        ? Optional.of(new AttemptEnd.Cancelled(String.valueOf(change.reason())))
        : Optional.empty();
  }

  private List<RunEnds.Item> apply(Tx tx, List<Ended> batch) {
    List<RunEnds.Item> items = batch.stream().map(ended -> item(tx, ended)).toList();
    return follow(tx, batch, ends.apply(tx, items));
  }

  private List<Ended> applyFree(Tx tx, List<Ended> batch) {
    List<RunEnds.Item> items = batch.stream().map(ended -> item(tx, ended)).toList();
    RunEnds.Applied came = ends.applyFree(tx, items);
    Set<String> held = new HashSet<>();
    came.held().forEach(item -> held.add(item.owned().id()));
    follow(
        tx,
        batch.stream().filter(ended -> !held.contains(ended.attempt.id())).toList(),
        came.applied());
    return batch.stream().filter(ended -> held.contains(ended.attempt.id())).toList();
  }

  private List<RunEnds.Item> follow(Tx tx, List<Ended> batch, List<RunEnds.Item> applied) {
    Map<String, Attempt> attempts = new HashMap<>();
    batch.forEach(ended -> attempts.put(ended.attempt.owned().id(), ended.attempt));
    Set<String> owned = new HashSet<>();
    for (RunEnds.Item item : applied) {
      owned.add(item.owned().id());
      Attempt attempt = attempts.get(item.owned().id());
      if (attempt != null) {
        tx.afterCommit(() -> followers.applied(attempt, item.change()));
      }
    }
    attempts.forEach(
        (id, attempt) -> {
          if (!owned.contains(id)) {
            tx.afterCommit(() -> followers.rejected(attempt));
          }
        });
    return applied;
  }

  private static RunEnds.Item item(Tx tx, Ended ended) {
    Attempt attempt = ended.attempt;
    int losses = attempt.owned().losses() + (ended.end instanceof AttemptEnd.Lost ? 1 : 0);
    RunChange change =
        RunLifecycle.after(
            attempt.owned().attempt(),
            attempt.config().retry().maxRetries(),
            losses,
            ended.end,
            tx.now());
    return new RunEnds.Item(
        attempt.owned(),
        attempt.incarnation(),
        change,
        losses,
        attempt.config(),
        attempt.lastProgress());
  }

  /** Returns how a run ended as callers see it. */
  public static RunOutcome outcome(RunStore.Owned run, RunChange change, Json json) {
    return new RunOutcome(
        new RunId(run.id()),
        change.state(),
        json.payload(change.produced().result()),
        change.failure(),
        change.reason());
  }
}
