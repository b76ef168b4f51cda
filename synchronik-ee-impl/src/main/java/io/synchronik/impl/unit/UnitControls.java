package io.synchronik.impl.unit;

import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.settings.ScheduleLine;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.store.unit.UnitIntents.Control;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitStatus;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Sets pauses and flags of units whose schedules and rows a transaction holds. */
public final class UnitControls {
  private final Journal journal;
  private final Milestones milestones;
  private final UnitSchedules due;
  private final Consumer<String> changed;
  private final UnitStore units = new UnitStore();
  private final ScheduleStore schedules = new ScheduleStore();

  /**
   * Creates it.
   *
   * @param changed told after commits which unit was changed; only a signal
   */
  public UnitControls(
      Journal journal, Milestones milestones, UnitSchedules due, Consumer<String> changed) {
    this.journal = journal;
    this.milestones = milestones;
    this.due = due;
    this.changed = changed;
  }

  /**
   * Sets something of a unit and tells of it when it changes anything; returns what has become of
   * the flags.
   */
  UnitFacts set(Tx tx, String id, UnitFacts facts, UnitStatus status, Control control) {
    UnitFacts after = control.on(facts);
    switch (control.kind()) {
      case PAUSE -> pause(tx, id, facts, after, status);
      case RESUME -> resume(tx, id, facts, after, status);
      case ENABLE, DISABLE -> enable(tx, id, facts, after, status);
    }
    return after;
  }

  private void pause(Tx tx, String id, UnitFacts before, UnitFacts after, UnitStatus status) {
    units.pause(tx.session(), id, after);
    if (!before.pausedAt(tx.now())) {
      updated(tx, id, UpdateReason.STATUS_CHANGE, shown(status, after, tx.now()));
      milestones.add(tx, "unit:" + id + ":paused", null, id, null);
    }
    told(tx, id);
  }

  private void resume(Tx tx, String id, UnitFacts before, UnitFacts after, UnitStatus status) {
    if (before.pausedBy() != null) {
      units.pause(tx.session(), id, after);
      updated(tx, id, UpdateReason.STATUS_CHANGE, shown(status, after, tx.now()));
      milestones.add(tx, "unit:" + id + ":resumed", null, id, null);
    }
    told(tx, id);
  }

  private void enable(Tx tx, String id, UnitFacts before, UnitFacts after, UnitStatus status) {
    if (before.enabled() != after.enabled()) {
      units.enable(tx.session(), id, after.enabled());
      rearm(tx, id, after.enabled());
      due.note(tx, id);
      updated(tx, id, UpdateReason.CONFIG_CHANGE, shown(status, after, tx.now()));
    }
    told(tx, id);
  }

  /** As the tables say, which a newer version may have defined. */
  private void rearm(Tx tx, String id, boolean enabled) {
    if (!enabled) {
      schedules.silence(tx.session(), id);
      return;
    }
    for (ScheduleStore.Stand stand : schedules.of(tx.session(), List.of(id))) {
      Schedule schedule = ScheduleLine.read(stand.expression());
      if (schedule != null) {
        due.restart(tx, id, schedule);
      }
    }
  }

  private void told(Tx tx, String id) {
    tx.afterCommit(() -> changed.accept(id));
  }

  void updated(Tx tx, String id, UpdateReason reason, UnitStatus status) {
    journal.add(tx, id, null, origin -> new UnitUpdated(origin, reason, status));
  }

  /** What a unit's status is for others: a pause shows while nothing runs. */
  static UnitStatus shown(UnitStatus status, UnitFacts facts, Instant now) {
    return facts.pausedAt(now) && facts.activeRuns() == 0 ? UnitStatus.PAUSED : status;
  }
}
