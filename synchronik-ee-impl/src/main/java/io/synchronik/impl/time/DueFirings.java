package io.synchronik.impl.time;

import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.node.Statistics;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Schedules that are due, and their firing; used by the thread that takes work in. */
final class DueFirings {
  private static final int MOST_FIRED = 200;

  private final Core core;
  private final ScheduleBook book;
  private final Firing firing;
  private final NodeLease lease;
  private final Intake intake;
  private final Statistics statistics;
  private final ScheduleStore schedules = new ScheduleStore();
  private final DueUnits dueUnits = new DueUnits();
  private final IdleFirings idle = new IdleFirings(System::nanoTime);
  private volatile boolean heldBack;

  /** One alarm at a time, however often schedules are due meanwhile. */
  private final AtomicBoolean looksAgain = new AtomicBoolean();

  DueFirings(
      Core core,
      ScheduleBook book,
      Firing firing,
      NodeLease lease,
      Intake intake,
      Statistics statistics) {
    this.core = core;
    this.book = book;
    this.firing = firing;
    this.lease = lease;
    this.intake = intake;
    this.statistics = statistics;
  }

  void add(String unit) {
    dueUnits.add(unit);
  }

  boolean isEmpty() {
    return dueUnits.isEmpty();
  }

  /** Returns whether units are due for which there was no free thread. */
  boolean isHeldBack() {
    return heldBack;
  }

  /**
   * Fires as many of the due units as there are free threads. The others stay due, for this node
   * and for any that has a free thread; but not for long, as runs that wait are seen and skipped
   * ones are recorded. Returns units that somebody else holds.
   */
  Set<String> fire() {
    Set<String> held = new HashSet<>();
    if (dueUnits.isEmpty()) {
      return held;
    }
    int slots = intake.target().free();
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
        held.addAll(fireDue(dues));
        done = true;
      } finally {
        if (!done) {
          // The lane finds out which of them it was
          dues.keySet().forEach(intake::due);
          dueUnits.oldestFirst().forEach(intake::due);
          dueUnits.clear();
        }
      }
    }
    heldBack = !dueUnits.isEmpty();
    if (heldBack) {
      if (intake.target().free() > 0) {
        intake.again();
      } else if (looksAgain.compareAndSet(false, true)) {
        intake.later(DueUnits.MOST_HELD_BACK, this::lookAgain);
      }
    }
    return held;
  }

  private void lookAgain() {
    looksAgain.set(false);
    intake.again();
  }

  private Firing.@Nullable Due candidate(String unit, Instant now) {
    ScheduleStore.Stand stand = book.find(unit);
    RegisteredUnit known = core.registry().find(unit);
    if (stand == null || stand.nextDue() == null || known == null) {
      return null;
    }
    UnitConfig config = core.registry().config(known);
    Schedule schedule = book.schedule(stand);
    if (schedule == null) {
      return null;
    }
    if (stand.nextDue().isAfter(now)) {
      intake.later(Duration.between(now, stand.nextDue()), () -> intake.due(unit));
      return null;
    }
    if (idle.waits(stand)) {
      return null;
    }
    return new Firing.Due(stand, known, schedule, config);
  }

  /** Returns what somebody else holds. */
  private Set<String> fireDue(Map<String, Firing.Due> dues) {
    RunStore.Claimer claimer = lease.claimer();
    Firing.Fired result =
        intake
            .target()
            .take(
                claimer,
                slots ->
                    core.transactions().own(tx -> firing.fire(tx, dues.values(), claimer, slots)),
                fired -> fired.started().owned());
    statistics.fired(result.advanced().size());
    intake.follow(result.started());
    result.advanced().forEach(this::advance);
    Set<String> held = new HashSet<>();
    if (!result.lost().isEmpty()) {
      for (ScheduleStore.Stand stand : stands(result.lost())) {
        Firing.Due due = dues.get(stand.unit());
        boolean same = due != null && stand.equals(due.stand());
        if (same && result.held().contains(stand.unit())) {
          held.add(stand.unit());
        } else if (same) {
          intake.later(idle.again(stand), () -> intake.due(stand.unit()));
        } else {
          advance(stand);
        }
      }
    }
    return held;
  }

  /** Takes up how schedules stand now. */
  void reread(Collection<String> changed) {
    stands(changed).forEach(this::advance);
  }

  private List<ScheduleStore.Stand> stands(Collection<String> units) {
    List<ScheduleStore.Stand> stands =
        core.transactions().own(tx -> schedules.of(tx.session(), units));
    Set<String> gone = new LinkedHashSet<>(units);
    stands.forEach(stand -> gone.remove(stand.unit()));
    gone.forEach(this::forget);
    return stands;
  }

  private void forget(String unit) {
    book.remove(unit);
    idle.moved(unit);
  }

  private void advance(ScheduleStore.Stand stand) {
    idle.moved(stand.unit());
    if (book.put(stand, core.clock().database())) {
      intake.due(stand.unit());
    }
  }
}
