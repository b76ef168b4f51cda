package io.synchronik.impl.pool;

import io.synchronik.impl.exec.Slots;
import io.synchronik.impl.lifecycle.Admission;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.run.Starts;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.pool.PoolQueue;
import io.synchronik.impl.store.pool.PoolStore;
import io.synchronik.impl.store.run.NewRuns;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Moves a pool on: tasks take the ends of their runs, and as many others begin as there are free
 * places. Locks the pool, then its tasks, then units. A pool that somebody else holds is left to
 * them, so that no pool waits for another.
 */
public final class PoolDecisions {
  private static final int MOST = 200;
  private static final Admission.Candidate CANDIDATE =
      new Admission.Candidate(false, Admission.Patience.OF_POOL, 0);

  /**
   * What follows the commit.
   *
   * @param started runs that have started, and what waits
   * @param more whether there is more to decide
   */
  record Decided(Starts.Started started, boolean more) {}

  private final Core core;
  private final Starts starts;
  private final PoolNews news;
  private final PoolStore store = new PoolStore();
  private final PoolQueue queue = new PoolQueue();

  public PoolDecisions(Core core, Starts starts, PoolNews news) {
    this.core = core;
    this.starts = starts;
    this.news = news;
  }

  /** Returns pools in which a decision is due. */
  Set<String> undecided() {
    return core.transactions().own(tx -> queue.undecided(tx.session()));
  }

  /** Tells whether a pool exists. */
  boolean isThere(String pool) {
    return core.transactions().own(tx -> store.exists(tx.session(), pool));
  }

  /**
   * Decides.
   *
   * @param begins whether tasks may begin
   * @return empty when somebody else holds the pool, or there is none
   */
  Optional<Decided> decide(
      Tx tx, String name, RunStore.Claimer claimer, Slots slots, boolean begins) {
    PoolStore.Pool pool = store.tryLock(tx.session(), name).orElse(null);
    if (pool == null) {
      return Optional.empty();
    }
    List<PoolQueue.Ended> ended = queue.ended(tx.session(), name, MOST);
    List<PoolQueue.End> ends = new ArrayList<>(ended.stream().map(one -> end(tx, one)).toList());
    for (int i = 0; i < ends.size(); i++) {
      PoolQueue.Ended task = ended.get(i);
      news.ended(
          tx,
          new PoolNews.About(name, task.id(), task.name(), task.worker(), task.run()),
          ends.get(i));
    }
    int running = queue.running(tx.session(), name) - ended.size();
    int free = begins ? Math.min(MOST, pool.places() - running) : 0;
    List<PoolQueue.Waiting> next = free > 0 ? queue.next(tx.session(), name, free) : List.of();
    Set<String> ids = new TreeSet<>();
    next.forEach(task -> ids.add(task.work().worker()));
    Starts.Batch batch = starts.begin(tx, ids, claimer, slots);
    List<PoolQueue.Begin> begun = new ArrayList<>();
    for (PoolQueue.Waiting task : next) {
      UnitFacts facts = batch.counts().facts(task.work().worker());
      boolean isGone = facts == null && !batch.counts().isHeld(task.work().worker());
      if (isGone || (facts != null && facts.releasing())) {
        ends.add(refused(tx, name, task));
      } else {
        begun.add(begin(tx, batch, name, task));
      }
    }
    batch.write();
    queue.beginIfPending(tx.session(), name, begun, tx.now());
    queue.endIfActive(tx.session(), name, ends);
    boolean refused = begun.size() < next.size();
    boolean more = refused || ended.size() == MOST || next.size() == MOST;
    return Optional.of(new Decided(batch.started(), more));
  }

  private static PoolQueue.End end(Tx tx, PoolQueue.Ended task) {
    PoolQueue.Came came = task.came();
    if (came == null) {
      return error(tx, task.id(), "RunGone", Message.TASK_RUN_GONE.with(task.run()));
    }
    if (came.state() == RunState.SKIPPED) {
      String why = Message.TASK_RUN_SKIPPED.with(task.run(), String.valueOf(came.reason()));
      return error(tx, task.id(), "RunSkipped", why);
    }
    PoolTaskState state =
        switch (came.state()) {
          case COMPLETED -> PoolTaskState.COMPLETED;
          case CANCELED -> PoolTaskState.CANCELED;
          default -> PoolTaskState.ERROR;
        };
    Failure failure = state == PoolTaskState.ERROR ? came.failure() : null;
    return new PoolQueue.End(
        task.id(),
        state,
        came.endedAt(),
        new PoolQueue.Outcome(came.result(), failure, came.reason()));
  }

  private static PoolQueue.End error(Tx tx, long task, String type, String message) {
    return new PoolQueue.End(
        task,
        PoolTaskState.ERROR,
        tx.now(),
        new PoolQueue.Outcome(null, new Failure(type, message, "", null), null));
  }

  private PoolQueue.End refused(Tx tx, String pool, PoolQueue.Waiting task) {
    String worker = task.work().worker();
    PoolQueue.End end = error(tx, task.id(), "WorkerGone", Message.TASK_WORKER_GONE.with(worker));
    news.ended(tx, new PoolNews.About(pool, task.id(), task.name(), worker, null), end);
    return end;
  }

  private PoolQueue.Begin begin(Tx tx, Starts.Batch batch, String pool, PoolQueue.Waiting task) {
    String unit = task.work().worker();
    String run = core.journal().nextId();
    RunStore.Origin origin = RunStore.Origin.of(Cause.POOL, null);
    NewRuns.Request request = new NewRuns.Request(false, task.work().by(), null);
    Starts.Given given = new Starts.Given(request, task.work().payload());
    news.begun(tx, new PoolNews.About(pool, task.id(), task.name(), unit, run));
    RegisteredWorker worker = core.registry().worker(unit);
    if (worker != null
        && batch.counts().facts(unit) != null
        && batch.decide(worker, CANDIDATE) instanceof Admission.Admit) {
      batch.start(run, unit, origin, given);
    } else {
      // It waits for the end of a pause, or for a node that knows its worker; or until nobody else
      // holds that
      batch.waitIfHeld(unit);
      batch.insert(
          new NewRuns.New(
              run,
              unit,
              RunState.SUBMITTED,
              origin,
              RunStore.OfProcess.NOT,
              new NewRuns.Details(tx.now(), null, request, given.payload(), null)));
    }
    return new PoolQueue.Begin(task.id(), run);
  }
}
