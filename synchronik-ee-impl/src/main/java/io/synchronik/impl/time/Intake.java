package io.synchronik.impl.time;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Lane;
import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.node.Statistics;
import io.synchronik.impl.run.Admissions;
import io.synchronik.impl.run.Claims;
import io.synchronik.impl.run.Starts;
import io.synchronik.impl.run.attempt.RunAttempts;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.UnitLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
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

    /** Runs of a unit were asked for that was held by somebody else, or whose admission failed. */
    record Asked(String unit) implements Signal {}

    /** Something is owed to a unit that was held by somebody else. */
    record Owed(String unit) implements Signal {}

    /** Runs are ready, or a thread has become free for them. */
    record Ready() implements Signal {}

    /** A thread has become free for schedules that are held back. */
    record Freed() implements Signal {}
  }

  private static final int MOST_AT_ONCE = 1000;
  private static final Signal.Submitted SUBMITTED = new Signal.Submitted();
  private static final Signal.Ready READY = new Signal.Ready();
  private static final Signal.Freed FREED = new Signal.Freed();

  private final Core core;
  private final EngineThreads threads;
  private final NodeLease lease;
  private final Ways ways;
  private final Lane<Signal> lane =
      Lane.ofKeys("taking in work", MOST_AT_ONCE, Integer.MAX_VALUE, this::handle);
  private final DueFirings firings;
  private final Admittance admittance;
  private volatile @Nullable RunAttempts attempts;
  private volatile boolean backlog;

  private volatile boolean open;

  /**
   * How work comes in.
   *
   * @param firing by schedules
   * @param admissions by request
   * @param claims of what is ready
   * @param ledger of units
   * @param begun told of runs of processes that begin
   */
  public record Ways(
      Firing firing,
      Admissions admissions,
      Claims claims,
      UnitLedger ledger,
      Consumer<String> begun) {}

  public Intake(
      Core core,
      EngineThreads threads,
      ScheduleBook book,
      NodeLease lease,
      Ways ways,
      Statistics statistics) {
    this.core = core;
    this.threads = threads;
    this.lease = lease;
    this.ways = ways;
    this.firings = new DueFirings(core, book, ways.firing, lease, this, statistics);
    this.admittance = new Admittance(core, ways.admissions, ways.ledger, lease, this);
  }

  public void start(RunAttempts target) {
    attempts = target;
    open = true;
    ways.ledger.listen(new AfterSettling());
    threads.start("intake", lane);
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

  /** A unit was changed, and is free again; its schedule is read anew. */
  public void changed(String unit) {
    if (open) {
      lane.offer(new Signal.Changed(unit));
      takeUp(new Signal.Asked(unit));
      takeUp(new Signal.Owed(unit));
    }
  }

  private void takeUp(Signal signal) {
    if (lane.isAside(signal)) {
      lane.offer(signal);
    }
  }

  /** Looks for what is ready, and for what is owed to units: somebody may have lost sight of it. */
  public void look() {
    ready();
    core.transactions().own(ways.ledger::owed).forEach(this::owed);
  }

  private void owed(String unit) {
    if (open) {
      lane.offer(new Signal.Owed(unit));
    }
  }

  /** Runs of a unit were asked for that cannot be admitted now, or not with others. */
  void asked(String unit) {
    if (open) {
      lane.offer(new Signal.Asked(unit));
    }
  }

  private final class AfterSettling implements UnitLedger.Listener {
    @Override
    public void owed(String unit) {
      Intake.this.owed(unit);
    }

    @Override
    public void settled(String unit) {
      ended(unit);
    }

    @Override
    public void waits(String unit) {
      asked(unit);
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
    if (firings.isHeldBack()) {
      again();
    }
  }

  void again() {
    if (open) {
      lane.offer(FREED);
    }
  }

  /** A run of a unit has ended; others of it may wait for that. */
  public void ended(String unit) {
    if (admittance.isWaiting(unit)) {
      submitted();
    }
  }

  RunAttempts target() {
    return Objects.requireNonNull(attempts);
  }

  /** Does something at a time of the database; only a signal. */
  public void later(Instant due, Runnable signal) {
    later(Duration.between(core.clock().instant(), due), signal);
  }

  void later(Duration wait, Runnable signal) {
    try {
      threads.later(Math.max(1, wait.toMillis()), signal);
    } catch (RejectedExecutionException e) {
      // The engine stops; another node or the next start goes on.
      open = false;
    }
  }

  /** Returns what cannot be done now, as somebody else holds what it is about. */
  private List<Signal> handle(List<Signal> signals) {
    if (!open || !lease.isValid()) {
      return List.of();
    }
    Batch batch = new Batch();
    signals.forEach(batch::add);
    List<Signal> held = new ArrayList<>();
    if (!lease.takesIn()) {
      // Others fire and claim; counts of what has ended here are still to be settled
      admittance.settle(batch.owed).forEach(unit -> held.add(new Signal.Owed(unit)));
      return held;
    }
    if (!batch.changed.isEmpty()) {
      firings.reread(batch.changed);
    }
    if (!batch.owed.isEmpty()) {
      admittance.settle(batch.owed).forEach(unit -> held.add(new Signal.Owed(unit)));
    }
    Set<String> unadmitted =
        batch.submitted ? admittance.admitAll(askedAside()) : admittance.admit(batch.asked);
    unadmitted.forEach(unit -> held.add(new Signal.Asked(unit)));
    if (batch.ready) {
      // Neither of the two may starve the other
      claim(firings.isEmpty() ? target().free() : (target().free() + 1) / 2);
    }
    firings.fire().forEach(unit -> held.add(new Signal.Due(unit)));
    return held;
  }

  private Set<String> askedAside() {
    Set<String> aside = new HashSet<>();
    for (Signal signal : lane.aside()) {
      if (signal instanceof Signal.Asked one) {
        aside.add(one.unit);
      }
    }
    return aside;
  }

  private final class Batch {
    private final Set<String> changed = new LinkedHashSet<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> owed = new LinkedHashSet<>();
    private boolean submitted;
    private boolean ready;

    private void add(Signal signal) {
      if (signal instanceof Signal.Due one) {
        firings.add(one.unit);
      } else if (signal instanceof Signal.Changed one) {
        changed.add(one.unit);
      } else if (signal instanceof Signal.Asked one) {
        asked.add(one.unit);
      } else if (signal instanceof Signal.Owed one) {
        owed.add(one.unit);
      } else if (signal instanceof Signal.Submitted) {
        submitted = true;
      } else if (signal instanceof Signal.Ready) {
        ready = true;
      }
    }
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
    admittance.waiting(units);
  }

  void follow(Starts.Started started) {
    waiting(started.waiting());
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
