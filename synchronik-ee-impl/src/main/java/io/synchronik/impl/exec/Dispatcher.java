package io.synchronik.impl.exec;

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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The fixed set of threads that execute jobs. Only as many are taken as there are free threads, and
 * as many more as these work off in a moment while all work is short, so that nothing owned waits
 * while another node is free.
 */
public final class Dispatcher {
  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

  private final Consumer<Job> runner;
  private final Consumer<Job> lost;
  private final Runnable slotFreed;
  private final int workers;

  /** What is taken ahead of free threads should not wait longer than this. */
  private static final long AHEAD_NANOS = 50_000_000;

  /** Not more than so many per thread is taken ahead, however short the work is. */
  private static final int MOST_AHEAD = 16;

  /** Empty ones wake a thread at the stop. */
  private final BlockingQueue<Optional<Job>> queue = new LinkedBlockingQueue<>();

  private final Map<String, Job> active = new ConcurrentHashMap<>();

  /** Jobs in the queue and under way. */
  private final Set<Job> unfinished = ConcurrentHashMap.newKeySet();

  private final AtomicInteger taken = new AtomicInteger();
  private final Takings takings = new Takings();
  private volatile boolean open = true;
  private volatile boolean takesIn = true;

  /** Moving average of the time that a job takes. */
  private final AtomicLong averageNanos = new AtomicLong(TimeUnit.DAYS.toNanos(1));

  /**
   * Creates a dispatcher.
   *
   * @param runner executes a job and hands over its end
   * @param lost told of jobs whose end was not handed over
   * @param workers number of threads
   * @param slotFreed told when a thread is free again
   */
  public Dispatcher(Consumer<Job> runner, Consumer<Job> lost, int workers, Runnable slotFreed) {
    this.runner = runner;
    this.lost = lost;
    this.workers = workers;
    this.slotFreed = slotFreed;
  }

  public void start(EngineThreads threads) {
    for (int i = 1; i <= workers; i++) {
      threads.start("worker-" + i, this::work);
    }
  }

  /** Returns how many more jobs can start at once, or in a moment. */
  public int free() {
    return open && takesIn ? Math.max(0, most() - taken.get()) : 0;
  }

  public int workers() {
    return workers;
  }

  /** Returns how many jobs are taken at most. */
  public int most() {
    return workers + ahead();
  }

  /** Returns how many threads have nothing to do. */
  public int idle() {
    return open && takesIn ? Math.max(0, workers - taken.get()) : 0;
  }

  /**
   * Lets work take free threads for jobs that it makes, executes these, and gives back the threads
   * that are left. All claims are made in here, and known as held when it returns.
   *
   * @param work takes threads
   * @param made of its result
   */
  public <T> T take(Function<Slots, T> work, Function<T, List<? extends Job>> made) {
    Slots slots = new Slots(this::reserve);
    int used = 0;
    long taking = takings.begin();
    try {
      T result = work.apply(slots);
      List<? extends Job> jobs = made.apply(result);
      used = jobs.size();
      enqueue(jobs);
      return result;
    } finally {
      takings.end(taking);
      taken.addAndGet(used - slots.taken());
      if (used < slots.taken()) {
        // Whoever looked meanwhile has seen no free thread, and is not called by the end of a job
        slotFreed.run();
      }
    }
  }

  /** Returns what finds claims that were made here and that nobody works on. */
  public <C> LostClaims<C> lostClaims() {
    return new LostClaims<>(takings);
  }

  /** Queues a part of a job that has proved long. */
  public void split(Job job) {
    taken.incrementAndGet();
    enqueue(List.of(job));
  }

  /** Queues jobs that have threads; those that cannot be queued are given back. */
  private void enqueue(List<? extends Job> jobs) {
    int queued = 0;
    try {
      for (Job job : jobs) {
        enqueue(job);
        queued++;
      }
    } finally {
      taken.addAndGet(queued - jobs.size());
      jobs.subList(queued, jobs.size()).forEach(lost);
    }
  }

  private void enqueue(Job job) {
    boolean queued = false;
    try {
      unfinished.add(job);
      queue.add(Optional.of(job));
      queued = true;
    } finally {
      if (!queued) {
        unfinished.remove(job);
      }
    }
  }

  private int reserve(int most) {
    while (true) {
      int before = taken.get();
      int slots = open && takesIn ? Math.min(most, Math.max(0, most() - before)) : 0;
      if (taken.compareAndSet(before, before + slots)) {
        return slots;
      }
    }
  }

  private int ahead() {
    return (int) Math.min(AHEAD_NANOS / Math.max(1, averageNanos.get()), MOST_AHEAD) * workers;
  }

  /** Returns how many threads execute a job. */
  public int busy() {
    return active.size();
  }

  /** Returns the jobs of a kind that execute. */
  public <J extends Job> List<J> active(Class<J> kind) {
    return active.values().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private void work() {
    while (true) {
      try {
        Optional<Job> job = queue.take();
        if (job.isEmpty()) {
          return;
        }
        execute(job.get());
      } catch (InterruptedException e) {
        // It was meant for a job that is over; a stop is told by the queue.
      } catch (Throwable e) {
        log(e);
      }
    }
  }

  /** Only the type: the rest may fail as well, and a thread must not end by what it logs. */
  private static void log(Throwable met) {
    try {
      String type = met.getClass().getName();
      LOG.log(Level.ERROR, "A worker thread met {0}, gave its work back and goes on", type);
    } catch (Throwable e) {
      // Such as no memory left
    }
  }

  private void execute(Job job) throws InterruptedException {
    long began = System.nanoTime();
    boolean handedOver = false;
    try {
      awaitPredecessor(job);
      runner.accept(job);
      handedOver = true;
    } finally {
      try {
        if (!handedOver) {
          lost.accept(job);
        }
      } finally {
        over(job, System.nanoTime() - began);
      }
    }
  }

  private void over(Job job, long nanos) {
    averageNanos.updateAndGet(average -> average + (nanos - average) / 8);
    active.remove(job.id(), job);
    unfinished.remove(job);
    job.execution().over();
    taken.decrementAndGet();
    slotFreed.run();
  }

  /** After a lost lease a run may come back while its old attempt's code still runs here. */
  private void awaitPredecessor(Job job) throws InterruptedException {
    Job old;
    while ((old = active.putIfAbsent(job.id(), job)) != null) {
      old.execution().stop(new Execution.Stop.NodeStops());
      old.execution().awaitEnd();
      active.remove(job.id(), old);
    }
  }

  /** Interrupts all jobs. */
  public void interrupt(Execution.Stop why) {
    active.values().forEach(job -> job.execution().stop(why));
  }

  /** Interrupts one job when it executes here, or will in a moment. */
  public boolean interrupt(String id, Execution.Stop why) {
    Job executing = active.get(id);
    Collection<Job> found =
        executing != null
            ? List.of(executing)
            : unfinished.stream().filter(job -> job.id().equals(id)).toList();
    found.forEach(job -> job.execution().stop(why));
    return !found.isEmpty();
  }

  /** Takes back what no thread has begun. */
  public List<Job> takeBack(Predicate<Job> which) {
    List<Job> back = new ArrayList<>();
    for (Optional<Job> waiting : queue) {
      if (waiting.filter(which).isPresent() && queue.remove(waiting)) {
        Job job = waiting.get();
        unfinished.remove(job);
        job.execution().over();
        taken.decrementAndGet();
        back.add(job);
      }
    }
    return back;
  }

  /** Lets nothing more be taken, or lets it again; what was taken goes on. */
  public void takeIn(boolean again) {
    takesIn = again;
    if (again) {
      slotFreed.run();
    }
  }

  /** Returns whether nothing is taken. */
  public boolean isEmpty() {
    return taken.get() == 0;
  }

  /** Takes nothing more and waits for what runs; returns what still runs then. */
  public List<Job> drain(Duration atMost) {
    open = false;
    for (int i = 0; i < workers; i++) {
      queue.add(Optional.empty());
    }
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      for (Job job : unfinished) {
        if (!job.execution().awaitEnd(deadline - System.nanoTime())) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.copyOf(unfinished);
  }
}
