package io.synchronik.impl.time;

import io.synchronik.event.UnitMisfired;
import io.synchronik.event.UnitSkipped;
import io.synchronik.impl.exec.Slots;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.lifecycle.Admission;
import io.synchronik.impl.lifecycle.FirePlan;
import io.synchronik.impl.lifecycle.Jitter;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.run.Starts;
import io.synchronik.impl.store.run.NewRuns;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.run.Cause;
import io.synchronik.run.RunState;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Fires due schedules: wins their due times by one conditional statement and inserts the runs in
 * the same transaction. Takes units, then their schedules, of both only what nobody else holds.
 */
public final class Firing {
  /**
   * A schedule that is due as far as this node knows.
   *
   * @param stand as believed
   * @param unit the unit
   * @param schedule the schedule
   * @param config of the unit
   */
  record Due(
      ScheduleStore.Stand stand, RegisteredUnit unit, Schedule schedule, UnitConfig config) {}

  /**
   * What came of firings.
   *
   * @param started what has started, and what waits
   * @param advanced schedules as they stand now
   * @param lost units whose schedule stood otherwise than believed, or that somebody else holds
   * @param held of these, units that somebody else holds
   */
  record Fired(
      Starts.Started started,
      List<ScheduleStore.Stand> advanced,
      Set<String> lost,
      Set<String> held) {}

  private record Planned(Due due, FirePlan plan, ScheduleStore.Firing firing) {}

  private final Timers timers;
  private final Journal journal;
  private final Milestones milestones;
  private final Starts starts;
  private final ScheduleStore schedules = new ScheduleStore();

  public Firing(Timers timers, Journal journal, Milestones milestones, Starts starts) {
    this.timers = timers;
    this.journal = journal;
    this.milestones = milestones;
    this.starts = starts;
  }

  /** Fires what is due; as many runs as there are slots are owned at once by the claimer. */
  Fired fire(Tx tx, Collection<Due> dues, RunStore.Claimer claimer, Slots slots) {
    Set<String> ids = new TreeSet<>();
    dues.forEach(due -> ids.add(due.stand.unit()));
    Starts.Batch batch = starts.beginFree(tx, ids, claimer, slots);
    List<Planned> planned =
        dues.stream()
            .filter(due -> batch.counts().facts(due.stand.unit()) != null)
            .sorted(Comparator.comparing(due -> due.stand.unit()))
            .map(due -> plan(due, tx.databaseTime()))
            .toList();
    boolean[] won =
        schedules.advanceIfDueAndFree(tx.session(), planned.stream().map(Planned::firing).toList());
    Map<String, Planned> winners = new TreeMap<>();
    for (int i = 0; i < won.length; i++) {
      Planned one = planned.get(i);
      if (won[i]) {
        winners.put(one.due.stand.unit(), one);
      }
    }
    ids.removeAll(winners.keySet());
    List<ScheduleStore.Stand> advanced = new ArrayList<>();
    winners.forEach(
        (unit, one) -> {
          advanced.add(stand(one));
          UnitFacts facts = Objects.requireNonNull(batch.counts().facts(unit));
          if (facts.enabled() && !facts.releasing()) {
            start(tx, batch, one);
          } else {
            schedules.silence(tx.session(), unit);
          }
        });
    batch.write();
    return new Fired(batch.started(), advanced, ids, batch.counts().held());
  }

  private Planned plan(Due due, Instant now) {
    ScheduleStore.Stand stand = due.stand;
    Instant nominal = Objects.requireNonNull(stand.nextDue()).minusMillis(stand.jitterMillis());
    FirePlan plan =
        FirePlan.of(
            new FirePlan.Due(
                nominal, Duration.ofMillis(stand.jitterMillis()), due.schedule.jitter()),
            now,
            due.config.misfire(),
            time -> timers.after(due.schedule, time));
    boolean waitsForEnd =
        due.schedule instanceof Schedule.Every every
            && every.mode() == IntervalMode.FIXED_DELAY
            && !plan.runs().isEmpty();
    long jitter = Jitter.of(due.schedule.jitter());
    Instant next = plan.next();
    return new Planned(
        due,
        plan,
        new ScheduleStore.Firing(
            stand.unit(),
            stand.n(),
            stand.expression(),
            stand.nextDue(),
            next == null || waitsForEnd ? null : next.plusMillis(jitter),
            jitter,
            stand.isAgain(plan.lastDue())
                ? Objects.requireNonNull(stand.lastDue())
                : plan.lastDue(),
            plan.missed() > 0 ? 1 : 0));
  }

  private static ScheduleStore.Stand stand(Planned one) {
    ScheduleStore.Firing firing = one.firing;
    return new ScheduleStore.Stand(
        firing.unit(),
        firing.n(),
        firing.expression(),
        firing.next(),
        firing.jitterMillis(),
        firing.lastDue(),
        one.due.stand.misfires() + firing.misfires());
  }

  private void start(Tx tx, Starts.Batch batch, Planned one) {
    String unit = one.due.stand.unit();
    FirePlan plan = one.plan;
    if (plan.missed() > 0) {
      announceMisfire(tx, one);
    }
    boolean several = plan.runs().size() > 1;
    boolean waitsForEnd = one.firing.next() == null && plan.next() != null;
    for (Instant scheduledAt : plan.runs()) {
      String run = journal.nextId();
      RunStore.Origin origin = RunStore.Origin.due(scheduledAt, one.due.stand.isAgain(scheduledAt));
      Admission admission =
          batch.decide(
              one.due.unit,
              new Admission.Candidate(
                  false,
                  several ? Admission.Patience.FOR_OTHERS : Admission.Patience.BY_POLICY,
                  0));
      if (admission instanceof Admission.Skip skip) {
        batch.insert(
            new NewRuns.New(
                run, unit, RunState.SKIPPED, origin, RunStore.OfProcess.NOT, batch.skip(skip)));
        skipped(tx, unit, run, Cause.SCHEDULE, skip.reason());
        if (waitsForEnd) {
          rearm(tx, one, unit);
        }
      } else if (admission instanceof Admission.Wait) {
        batch.insert(
            new NewRuns.New(
                run,
                unit,
                RunState.SUBMITTED,
                origin,
                RunStore.OfProcess.NOT,
                batch.waiting(several ? RunStore.PATIENT : null)));
      } else {
        batch.start(run, unit, origin, Starts.Given.NOTHING);
      }
    }
  }

  /** A skipped run has no end from which a fixed delay could count: it counts from now. */
  private void rearm(Tx tx, Planned one, String unit) {
    if (one.due.schedule instanceof Schedule.Every every) {
      schedules.armIfWaiting(tx.session(), unit, tx.databaseTime().plus(every.interval()), 0);
    }
  }

  private void announceMisfire(Tx tx, Planned one) {
    String unit = one.due.stand.unit();
    Instant first =
        Objects.requireNonNull(one.firing.due()).minusMillis(one.due.stand.jitterMillis());
    journal.add(
        tx,
        unit,
        null,
        origin ->
            new UnitMisfired(origin, first, one.plan.missed(), one.due.config.misfire().policy()));
    milestones.add(tx, "trigger:" + unit + ":misfired", null, unit, null);
  }

  private void skipped(Tx tx, String unit, @Nullable String run, Cause cause, String reason) {
    journal.add(tx, unit, run, origin -> new UnitSkipped(origin, cause, reason));
  }
}
