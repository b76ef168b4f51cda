package io.synchronik.impl.item;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.exec.Questions;
import io.synchronik.impl.item.claim.ItemAttempt;
import io.synchronik.impl.item.claim.ItemSlice;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.lifecycle.Produced;
import io.synchronik.impl.run.attempt.AttemptFailures;
import io.synchronik.impl.run.attempt.RetryDelays;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.task.CurrentAttempt;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.impl.unit.RollbackRules;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.item.ItemNotice;
import io.synchronik.run.Failure;
import io.synchronik.run.RunId;
import io.synchronik.worker.WorkerHooks;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes slices of items on the calling thread, one call after the other. The ends of plain work
 * are handed over together; those of transactional work are written in its own transaction.
 */
final class ItemRunner {
  private static final Logger LOG = System.getLogger(ItemRunner.class.getName());
  private static final Duration MARGIN = Duration.ofSeconds(30);
  private static final long MOST_KEPT_NANOS = 5_000_000;

  private final Transactions transactions;
  private final ItemEnds ends;
  private final EngineThreads threads;
  private final ItemContexts contexts;
  private final Json json;
  private final Settings settings;
  private final UserCode code;
  private final Questions questions;

  /**
   * How the application's code is called.
   *
   * @param contexts what it sees
   * @param json reads and writes for it
   * @param code the boundary around it
   * @param questions what it is asked besides
   */
  record Ways(ItemContexts contexts, Json json, UserCode code, Questions questions) {}

  ItemRunner(
      Transactions transactions,
      ItemEnds ends,
      EngineThreads threads,
      Ways ways,
      Settings settings) {
    this.transactions = transactions;
    this.ends = ends;
    this.threads = threads;
    this.contexts = ways.contexts;
    this.json = ways.json;
    this.code = ways.code;
    this.questions = ways.questions;
    this.settings = settings;
  }

  /** Works off a slice; returns how many calls it made. */
  int run(ItemSlice slice) {
    int most = Math.max(1, slice.run().shape().chunk());
    int calls = 0;
    long handedOver = System.nanoTime();
    List<ItemEnds.Ended> ended = new ArrayList<>();
    try {
      List<ItemStore.Owned> next = slice.next(most);
      while (!next.isEmpty()) {
        guarded(slice, next, ended);
        calls++;
        if (System.nanoTime() - handedOver > MOST_KEPT_NANOS) {
          ends.offer(ended);
          ended = new ArrayList<>();
          handedOver = System.nanoTime();
        }
        next = slice.next(most);
      }
    } finally {
      ends.offer(ended);
    }
    return calls;
  }

  /** What fails in the engine's own part is lost, as with its node; the others go on. */
  private void guarded(ItemSlice slice, List<ItemStore.Owned> items, List<ItemEnds.Ended> ended) {
    int before = ended.size();
    try {
      call(slice, items, ended);
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "Items of '" + slice.run().worker().id() + "' are given back", e);
      ended.subList(before, ended.size()).clear();
      AttemptEnd lost = lost(slice);
      items.forEach(item -> ended.add(new ItemEnds.Ended(slice.run(), item, lost)));
    }
  }

  /** Returns how items of a slice end whose execution was lost on the way. */
  static AttemptEnd lost(ItemSlice slice) {
    return AttemptFailures.lost(slice, slice.run().config());
  }

  private void call(ItemSlice slice, List<ItemStore.Owned> items, List<ItemEnds.Ended> ended) {
    Optional<Execution.Stop> stopped = slice.stopped();
    if (stopped.isPresent()) {
      AttemptEnd end =
          new AttemptFailures(slice, slice.run().config(), 0, delays(slice.run()))
              .stopped(stopped.get(), Optional.empty());
      items.forEach(item -> ended.add(new ItemEnds.Ended(slice.run(), item, end)));
      return;
    }
    ItemAttempt attempt = new ItemAttempt(slice.run(), items);
    slice.begin(attempt);
    EngineThreads.Alarm timeout = armTimeout(attempt);
    RollbackRules rules = slice.run().shape().transaction();
    List<AttemptEnd> come;
    try {
      come = rules == null ? worked(attempt) : transactional(attempt, rules);
    } finally {
      if (timeout != null) {
        timeout.cancel();
      }
    }
    if (items.size() > 1 && come.stream().anyMatch(AttemptEnd.Failed.class::isInstance)) {
      // One of them spoils the chunk: each is tried alone
      items.forEach(item -> call(slice, List.of(item), ended));
      return;
    }
    for (int i = 0; i < come.size(); i++) {
      ended.add(new ItemEnds.Ended(slice.run(), items.get(i), come.get(i)));
    }
  }

  private List<AttemptEnd> worked(ItemAttempt attempt) {
    return code.call(
        () -> {
          attempt.begin();
          try (WorkTarget.Opened opened = attempt.run().worker().target().open()) {
            return work(attempt, opened);
          } finally {
            attempt.end();
            CurrentAttempt.leave();
          }
        },
        e -> failed(attempt, e, Optional.empty()));
  }

  private List<AttemptEnd> work(ItemAttempt attempt, WorkTarget.Opened opened) {
    List<ItemAttempt.Said> said =
        attempt.items().stream().map(item -> new ItemAttempt.Said()).toList();
    return code.<Supplier<List<AttemptEnd>>>call(
            () -> {
              new ItemCall(attempt, contexts, json).to(opened.items(), said);
              return () -> returned(attempt, said, opened.hooks());
            },
            e -> () -> failed(attempt, e, opened.hooks()))
        .get();
  }

  /** What follows the work must not meet an interrupt that was meant for it. */
  private List<AttemptEnd> returned(
      ItemAttempt attempt, List<ItemAttempt.Said> said, Optional<WorkerHooks> hooks) {
    attempt.end();
    if (attempt.stopped().filter(Execution.Stop.TimedOut.class::isInstance).isPresent()) {
      return failed(attempt, new InterruptedException(), Optional.empty());
    }
    if (said.stream().allMatch(one -> one.result() == null)) {
      return ends(attempt, said);
    }
    return code.call(() -> ends(attempt, said), e -> failed(attempt, e, hooks));
  }

  private List<AttemptEnd> ends(ItemAttempt attempt, List<ItemAttempt.Said> said) {
    List<AttemptEnd> come = new ArrayList<>(said.size());
    for (int i = 0; i < said.size(); i++) {
      come.add(end(attempt.items().get(i), said.get(i)));
    }
    return come;
  }

  private AttemptEnd end(ItemStore.Owned item, ItemAttempt.Said said) {
    Failure failure = said.failure();
    if (failure != null) {
      return new AttemptEnd.GivenUp(failure);
    }
    Object result = said.result();
    return new AttemptEnd.Succeeded(
        result == null
            ? Produced.NOTHING
            : new Produced(json.write("The result of item " + item.id(), result), null));
  }

  private List<AttemptEnd> failed(
      ItemAttempt attempt, Throwable thrown, Optional<WorkerHooks> hooks) {
    attempt.end();
    // Work that has ended the attempt's transaction itself may have committed it
    boolean inside = attempt.run().shape().transaction() != null && transactions.current() != null;
    return attempt.items().stream()
        .map(item -> failed(attempt, item, thrown, hooks, inside))
        .toList();
  }

  private AttemptEnd failed(
      ItemAttempt attempt,
      ItemStore.Owned item,
      Throwable thrown,
      Optional<WorkerHooks> hooks,
      boolean inside) {
    AttemptFailures failures =
        new AttemptFailures(attempt, attempt.run().config(), item.attempt(), delays(attempt.run()));
    return inside
        ? failures.rolledBack(thrown, item.losses(), hooks)
        : failures.failed(thrown, hooks);
  }

  private RetryDelays delays(ItemSlice.ItemRun run) {
    return new RetryDelays(code, questions, run.worker(), run.run());
  }

  /** Returns nothing when the ends have been committed with the work. */
  private List<AttemptEnd> transactional(ItemAttempt attempt, RollbackRules rules) {
    Duration timeout = attempt.run().config().timeout();
    Duration limit = timeout == null ? settings.work().transactionTimeout() : timeout.plus(MARGIN);
    AtomicReference<List<AttemptEnd>> failure = new AtomicReference<>();
    try {
      transactions.withUserCode(
          limit,
          () -> workInside(attempt, rules, failure),
          (tx, come) -> endInside(tx, attempt, come));
      return List.of();
    } catch (WorkFailed e) {
      return e.ends();
    } catch (Throwable e) {
      // A failed commit decides nothing. If it came true, the fence refuses what is told here; if
      // the database is away, or somebody holds what is to end, it is no fault of the work.
      if (StoreException.isOutage(e) || StoreException.isLocked(e)) {
        return attempt.items().stream()
            .map(item -> (AttemptEnd) new AttemptEnd.Interrupted())
            .toList();
      }
      List<AttemptEnd> kept = failure.get();
      return kept == null
          ? failed(attempt, e, Optional.empty())
          : kept.stream().map(end -> AttemptFailures.rolledBackAfterAll(end, e)).toList();
    }
  }

  private List<AttemptEnd> workInside(
      ItemAttempt attempt, RollbackRules rules, AtomicReference<List<AttemptEnd>> failure) {
    List<AttemptEnd> come = worked(attempt);
    if (come.stream().allMatch(ItemRunner::isSettled)) {
      return come;
    }
    if (!keepsWrites(attempt, come, rules)) {
      throw new WorkFailed(come);
    }
    failure.set(come);
    return come;
  }

  /** A chunk that fails is rolled back, to be tried item by item. */
  private boolean keepsWrites(ItemAttempt attempt, List<AttemptEnd> come, RollbackRules rules) {
    return come.size() == 1
        && new AttemptFailures(
                attempt,
                attempt.run().config(),
                attempt.items().get(0).attempt(),
                delays(attempt.run()))
            .keepsWrites(come.get(0), rules, transactions);
  }

  private static boolean isSettled(AttemptEnd end) {
    return end instanceof AttemptEnd.Succeeded || end instanceof AttemptEnd.GivenUp;
  }

  private void endInside(Tx tx, ItemAttempt attempt, List<AttemptEnd> come) {
    List<ItemEnds.Ended> ended = new ArrayList<>(come.size());
    for (int i = 0; i < come.size(); i++) {
      ended.add(new ItemEnds.Ended(attempt.run(), attempt.items().get(i), come.get(i)));
    }
    ended.sort(Comparator.comparing(one -> one.item().id()));
    if (!ends.apply(tx, ended)) {
      throw new WorkFailed(
          come.stream().map(end -> (AttemptEnd) new AttemptEnd.Interrupted()).toList());
    }
  }

  /** Rolls the work back and carries how it ended. */
  private static final class WorkFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<AttemptEnd> ends;

    WorkFailed(List<AttemptEnd> ends) {
      super(null, null, false, false);
      this.ends = ends;
    }

    List<AttemptEnd> ends() {
      return ends;
    }
  }

  private EngineThreads.@Nullable Alarm armTimeout(ItemAttempt attempt) {
    Duration timeout = attempt.run().config().timeout();
    return timeout == null
        ? null
        : threads.later(timeout.toMillis(), () -> attempt.stop(new Execution.Stop.TimedOut()));
  }

  /** Returns what hooks are told of an item. */
  static ItemNotice notice(ItemSlice.ItemRun run, ItemStore.Owned item, @Nullable Failure failure) {
    return new ItemNotice(item.id(), new RunId(run.run()), item.key(), item.attempt(), failure);
  }
}
