package io.synchronik.impl.engine;

import io.synchronik.impl.store.RunStore;
import io.synchronik.worker.WorkerConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The fixed set of threads that execute attempts. Only as many runs are taken as there are free
 * threads, and as many more as these work off in a moment while all work is short, so that nothing
 * owned waits while another node is free.
 */
final class Dispatcher {
  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

  private final Registry registry;
  private final AttemptRunner runner;
  private final Runnable slotFreed;
  private final int workers;

  /** What is taken ahead of free threads should not wait longer than this. */
  private static final long AHEAD_NANOS = 20_000_000;

  /** Not more than so many per thread is taken ahead, however short the work is. */
  private static final int MOST_AHEAD = 16;

  /** Empty ones wake a thread at the stop. */
  private final BlockingQueue<Optional<Attempt>> queue = new LinkedBlockingQueue<>();

  private final Map<String, Attempt> active = new ConcurrentHashMap<>();

  /** Claims between their commit and the commit of their end, as run and fence. */
  private final Set<RunStore.Claimed> held = ConcurrentHashMap.newKeySet();

  /** Attempts in the queue and under way. */
  private final Set<Attempt> unfinished = ConcurrentHashMap.newKeySet();

  private final AtomicInteger taken = new AtomicInteger();
  private volatile boolean open = true;

  /** Moving average of the time that work takes. */
  private final AtomicLong averageNanos = new AtomicLong(TimeUnit.DAYS.toNanos(1));

  Dispatcher(Registry registry, AttemptRunner runner, int workers, Runnable slotFreed) {
    this.registry = registry;
    this.runner = runner;
    this.workers = workers;
    this.slotFreed = slotFreed;
  }

  void start(EngineThreads threads) {
    for (int i = 1; i <= workers; i++) {
      threads.start("worker-" + i, this::work);
    }
  }

  /** Returns how many more runs can start at once, or in a moment. */
  int free() {
    return open ? Math.max(0, workers + ahead() - taken.get()) : 0;
  }

  /**
   * Lets work take free threads for runs that it comes to own, executes these, and gives back the
   * threads that are left.
   *
   * @param claimer who owns the runs
   * @param work takes threads
   * @param owned of its result
   */
  <T> T take(
      RunStore.Claimer claimer, Function<Slots, T> work, Function<T, List<RunStore.Owned>> owned) {
    Slots slots = new Slots(this::reserve);
    int used = 0;
    try {
      T result = work.apply(slots);
      used = execute(owned.apply(result), claimer.incarnation());
      return result;
    } finally {
      taken.addAndGet(used - slots.taken());
    }
  }

  private int reserve(int most) {
    while (true) {
      int before = taken.get();
      int slots = open ? Math.min(most, Math.max(0, workers + ahead() - before)) : 0;
      if (taken.compareAndSet(before, before + slots)) {
        return slots;
      }
    }
  }

  private int ahead() {
    return (int) Math.min(AHEAD_NANOS / Math.max(1, averageNanos.get()), MOST_AHEAD) * workers;
  }

  /** Returns how many threads execute an attempt. */
  int busy() {
    return active.size();
  }

  Collection<Attempt> active() {
    return List.copyOf(active.values());
  }

  private int execute(List<RunStore.Owned> owned, String incarnation) {
    int executed = 0;
    for (RunStore.Owned run : owned) {
      RegisteredWorker worker = registry.worker(run.unit());
      if (worker != null) {
        executed++;
        held.add(new RunStore.Claimed(run.id(), run.fence()));
        WorkerConfig config = registry.config(worker, run.context().configuration());
        Attempt attempt = new Attempt(run, incarnation, worker, config);
        unfinished.add(attempt);
        queue.add(Optional.of(attempt));
      }
    }
    return executed;
  }

  private void work() {
    while (true) {
      try {
        Optional<Attempt> attempt = queue.take();
        if (attempt.isEmpty()) {
          return;
        }
        execute(attempt.get());
      } catch (InterruptedException e) {
        // It was meant for an attempt that is over; a stop is told by the queue.
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "A worker thread met something unexpected and goes on", e);
      }
    }
  }

  private void execute(Attempt attempt) throws InterruptedException {
    String id = attempt.owned().id();
    long began = System.nanoTime();
    try {
      awaitPredecessor(id, attempt);
      runner.run(attempt);
    } finally {
      long took = System.nanoTime() - began;
      averageNanos.updateAndGet(average -> average + (took - average) / 8);
      active.remove(id, attempt);
      unfinished.remove(attempt);
      attempt.over();
      taken.decrementAndGet();
      slotFreed.run();
    }
  }

  /** After a lost lease the run may come back while its old attempt's code still runs here. */
  private void awaitPredecessor(String id, Attempt attempt) throws InterruptedException {
    Attempt old;
    while ((old = active.putIfAbsent(id, attempt)) != null) {
      old.stop(new Attempt.Stop.NodeStops());
      old.awaitEnd();
      active.remove(id, old);
    }
  }

  /** Returns whether a claim of this node is being worked on. */
  boolean holds(RunStore.Claimed claim) {
    return held.contains(claim);
  }

  /** The end of a claim is recorded. */
  void settled(RunStore.Owned run) {
    held.remove(new RunStore.Claimed(run.id(), run.fence()));
  }

  /** Interrupts all attempts. */
  void interrupt(Attempt.Stop why) {
    active.values().forEach(attempt -> attempt.stop(why));
  }

  /** Interrupts one run's attempt when it executes here, or will in a moment. */
  boolean interrupt(String run, Attempt.Stop why) {
    Attempt executing = active.get(run);
    List<Attempt> found =
        executing != null
            ? List.of(executing)
            : unfinished.stream().filter(attempt -> attempt.owned().id().equals(run)).toList();
    found.forEach(attempt -> attempt.stop(why));
    return !found.isEmpty();
  }

  /** Takes back what no thread has begun after so long. */
  List<Attempt> takeBack(long waitedMillis) {
    List<Attempt> back = new ArrayList<>();
    for (Optional<Attempt> waiting : queue) {
      if (waiting.filter(attempt -> attempt.millis() >= waitedMillis).isPresent()
          && queue.remove(waiting)) {
        Attempt attempt = waiting.get();
        unfinished.remove(attempt);
        attempt.over();
        taken.decrementAndGet();
        back.add(attempt);
      }
    }
    return back;
  }

  /** Takes nothing more and waits for what runs; returns what still runs then. */
  List<Attempt> drain(Duration atMost) {
    open = false;
    for (int i = 0; i < workers; i++) {
      queue.add(Optional.empty());
    }
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      for (Attempt attempt : unfinished) {
        if (!attempt.awaitEnd(deadline - System.nanoTime())) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.copyOf(unfinished);
  }
}
