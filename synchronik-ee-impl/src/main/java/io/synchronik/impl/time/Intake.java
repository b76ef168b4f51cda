package io.synchronik.impl.time;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Lane;
import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.node.Statistics;
import io.synchronik.impl.run.Admissions;
import io.synchronik.impl.run.Claims;
import io.synchronik.impl.run.RunAttempts;
import io.synchronik.impl.run.Starts;
import io.synchronik.impl.settings.UnitSettings;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that brings work to this node: it fires what is due, admits what was asked for,
 * and claims what is ready, in batches, for as many threads as are free.
 */
public final class Intake {
  /** Something to look at. */
  private sealed interface Signal {
    /** A unit's schedule is due. */
    record Due(String unit) implements Signal {}

    /** A unit's schedule was changed. */
    record Changed(String unit) implements Signal {}

    /** Runs were asked for. */
    record Submitted() implements Signal {}

    /** Runs are ready, or a thread has become free for them. */
    record Ready() implements Signal {}

    /** A thread has become free for schedules that are held back. */
    record Freed() implements Signal {}
  }

  private static final int MOST_AT_ONCE = 1000;
  private static final int MOST_FIRED = 200;
  private static final Signal.Submitted SUBMITTED = new Signal.Submitted();
  private static final Signal.Ready READY = new Signal.Ready();
  private static final Signal.Freed FREED = new Signal.Freed();

  private final Core core;
  private final EngineThreads threads;
  private final ScheduleBook book;
  private final NodeLease lease;
  private final Ways ways;
  private final Statistics statistics;
  private final ScheduleStore schedules = new ScheduleStore();
  private final Lane<Signal> lane =
      Lane.ofKeys("taking in work", MOST_AT_ONCE, Integer.MAX_VALUE, Lane.freely(this::handle));
  private final Set<String> waitingUnits = ConcurrentHashMap.newKeySet();
  private final DueUnits dueUnits = new DueUnits();
  private final IdleFirings idle = new IdleFirings(System::nanoTime);
  private volatile @Nullable RunAttempts attempts;
  private volatile boolean backlog;
  private volatile boolean heldBack;

  /** One alarm at a time, however often schedules are due meanwhile. */
  private final AtomicBoolean looksAgain = new AtomicBoolean();

  private volatile boolean open;

  /**
   * How work comes in.
   *
   * @param firing by schedules
   * @param admissions by request
   * @param claims of what is ready
   * @param begun told of runs of processes that begin
   */
  public record Ways(Firing firing, Admissions admissions, Claims claims, Consumer<String> begun) {}

  public Intake(
      Core core,
      EngineThreads threads,
      ScheduleBook book,
      NodeLease lease,
      Ways ways,
      Statistics statistics) {
    this.core = core;
    this.threads = threads;
    this.book = book;
    this.lease = lease;
    this.ways = ways;
    this.statistics = statistics;
  }

  public void start(RunAttempts target) {
    attempts = target;
    open = true;
    threads.start("intake", lane::work);
  }

  /** Takes nothing in any more; a batch in progress is finished. */
  public void stop(Duration atMost) {
    open = false;
    lane.close(atMost);
  }

  public void due(String unit) {
    if (open) {
      lane.offer(new Signal.Due(unit));
    }
  }

  /** A unit's schedule was changed; it is read anew. */
  public void changed(String unit) {
    if (open) {
      lane.offer(new Signal.Changed(unit));
    }
  }

  public void submitted() {
    if (open) {
      lane.offer(SUBMITTED);
    }
  }

  public void ready() {
    if (open) {
      lane.offer(READY);
    }
  }

  /** Looks for ready runs at a time of the database. */
  public void readyAt(Instant due) {
    later(due, this::ready);
  }

  /** Returns whether runs are ready for which there was no free thread. */
  public boolean hasBacklog() {
    return backlog;
  }

  /** A thread has become free. */
  public void slotFreed() {
    if (backlog) {
      ready();
    }
    if (heldBack) {
      again();
    }
  }

  private void again() {
    if (open) {
      lane.offer(FREED);
    }
  }

  /** A run of a unit has ended; others of it may wait for that. */
  public void ended(String unit) {
    if (waitingUnits.contains(unit)) {
      submitted();
    }
  }

  private RunAttempts target() {
    return Objects.requireNonNull(attempts);
  }

  /** Does something at a time of the database; only a signal. */
  public void later(Instant due, Runnable signal) {
    later(Duration.between(core.clock().instant(), due), signal);
  }

  private void later(Duration wait, Runnable signal) {
    try {
      threads.later(Math.max(1, wait.toMillis()), signal);
    } catch (RejectedExecutionException e) {
      // The engine stops; another node or the next start goes on.
      open = false;
    }
  }

  private void handle(List<Signal> signals) {
    if (!open || !lease.isValid()) {
      return;
    }
    Set<String> changed = new LinkedHashSet<>();
    boolean submitted = false;
    boolean ready = false;
    for (Signal signal : signals) {
      if (signal instanceof Signal.Due one) {
        dueUnits.add(one.unit);
      } else if (signal instanceof Signal.Changed one) {
        changed.add(one.unit);
      } else if (signal instanceof Signal.Submitted) {
        submitted = true;
      } else if (signal instanceof Signal.Ready) {
        ready = true;
      }
    }
    if (!changed.isEmpty()) {
      reread(changed, false);
    }
    if (submitted) {
      admit();
    }
    if (ready) {
      // Neither of the two may starve the other
      claim(dueUnits.isEmpty() ? target().free() : (target().free() + 1) / 2);
    }
    if (!dueUnits.isEmpty()) {
      fire();
    }
  }

  /**
   * Fires as many of the due units as there are free threads. The others stay due, for this node
   * and for any that has a free thread; but not for long, as runs that wait are seen and skipped
   * ones are recorded.
   */
  private void fire() {
    int slots = target().free();
    int most = Math.min(MOST_FIRED, slots > 0 ? slots : dueUnits.heldBackTooLong());
    Map<String, Firing.Due> dues = new TreeMap<>();
    for (String unit : dueUnits.oldestFirst()) {
      if (dues.size() == most) {
        break;
      }
      dueUnits.remove(unit);
      Firing.Due due = candidate(unit, core.clock().database());
      if (due != null) {
        dues.put(unit, due);
      }
    }
    if (!dues.isEmpty()) {
      boolean done = false;
      try {
        fireDue(dues.values());
        done = true;
      } finally {
        if (!done) {
          // The lane finds out which of them it was
          dues.keySet().forEach(this::due);
          dueUnits.oldestFirst().forEach(this::due);
          dueUnits.clear();
        }
      }
    }
    heldBack = !dueUnits.isEmpty();
    if (heldBack) {
      if (target().free() > 0) {
        again();
      } else if (looksAgain.compareAndSet(false, true)) {
        later(DueUnits.MOST_HELD_BACK, this::lookAgain);
      }
    }
  }

  private void lookAgain() {
    looksAgain.set(false);
    again();
  }

  private Firing.@Nullable Due candidate(String unit, Instant now) {
    ScheduleStore.Stand stand = book.find(unit);
    RegisteredUnit known = core.registry().find(unit);
    if (stand == null || stand.nextDue() == null || known == null) {
      return null;
    }
    UnitConfig config = core.registry().config(known);
    Schedule schedule = config.schedule();
    if (schedule == null || !UnitSettings.line(schedule).equals(stand.expression())) {
      // Changed a moment ago; the loop takes up what is in force.
      return null;
    }
    if (stand.nextDue().isAfter(now)) {
      later(Duration.between(now, stand.nextDue()), () -> due(unit));
      return null;
    }
    if (idle.waits(stand)) {
      return null;
    }
    return new Firing.Due(stand, known, schedule, config);
  }

  private void fireDue(Collection<Firing.Due> dues) {
    RunStore.Claimer claimer = lease.claimer();
    Firing.Fired result =
        target()
            .take(
                claimer,
                slots -> core.transactions().own(tx -> ways.firing.fire(tx, dues, claimer, slots)),
                fired -> fired.started().owned());
    statistics.fired(result.advanced().size());
    waiting(result.started().waiting());
    follow(result.started());
    result.advanced().forEach(this::advance);
    if (!result.lost().isEmpty()) {
      reread(result.lost(), true);
    }
  }

  /** Reads schedules anew: those that were changed, or those whose firing had no effect. */
  private void reread(Collection<String> changed, boolean lost) {
    Set<String> gone = new LinkedHashSet<>(changed);
    for (ScheduleStore.Stand stand :
        core.transactions().own(tx -> schedules.of(tx.session(), changed))) {
      gone.remove(stand.unit());
      if (lost && stand.equals(book.find(stand.unit()))) {
        later(idle.again(stand), () -> due(stand.unit()));
      } else {
        advance(stand);
      }
    }
    gone.forEach(this::forget);
  }

  private void forget(String unit) {
    book.remove(unit);
    idle.moved(unit);
  }

  private void advance(ScheduleStore.Stand stand) {
    idle.moved(stand.unit());
    if (book.put(stand, core.clock().database())) {
      due(stand.unit());
    }
  }

  private void admit() {
    RunStore.Claimer claimer = lease.claimer();
    Set<String> waiting = new HashSet<>();
    String after = "";
    while (after != null) {
      String from = after;
      Admissions.Admitted admitted;
      try {
        admitted =
            target()
                .take(
                    claimer,
                    slots ->
                        core.transactions()
                            .own(tx -> ways.admissions.admit(tx, from, claimer, slots)),
                    all -> all.started().owned());
      } catch (Admissions.MovedOn e) {
        submitted();
        return;
      }
      waiting.addAll(admitted.started().waiting());
      follow(admitted.started());
      after = admitted.last();
    }
    waitingUnits.retainAll(waiting);
    waitingUnits.addAll(waiting);
  }

  private void claim(int most) {
    RunStore.Claimer claimer = lease.claimer();
    Claimed claimed =
        target().take(claimer, slots -> claim(claimer, slots.take(most)), Claimed::owned);
    backlog = claimed.full();
    if (claimed.full() && target().free() > 0) {
      // It became free before it could know that something waits
      ready();
    }
  }

  private Claimed claim(RunStore.Claimer claimer, int slots) {
    return new Claimed(
        slots,
        slots == 0
            ? List.of()
            : core.transactions()
                .own(tx -> ways.claims.claim(tx, claimer, core.registry().ids(), slots)));
  }

  private record Claimed(int slots, List<RunStore.Owned> owned) {
    boolean full() {
      return owned.size() == slots;
    }
  }

  /** Units that have runs waiting for the end of others. */
  public void waiting(Collection<String> units) {
    waitingUnits.addAll(units);
  }

  private void follow(Starts.Started started) {
    started.begun().forEach(ways.begun);
    if (started.leftReady()) {
      leftReady();
    }
  }

  /** Runs are ready for which there was no free thread. */
  public void leftReady() {
    backlog = true;
    if (target().free() > 0) {
      ready();
    }
  }
}
