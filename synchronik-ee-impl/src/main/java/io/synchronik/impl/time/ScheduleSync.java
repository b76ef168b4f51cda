package io.synchronik.impl.time;

import io.synchronik.impl.lifecycle.Jitter;
import io.synchronik.impl.settings.ScheduleLine;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.Definitions;
import io.synchronik.impl.unit.Units;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Brings what this node believes of schedules in line with the tables, and starts what is due. */
public final class ScheduleSync {
  private final Core core;
  private final ScheduleBook book;
  private final Units units;
  private final Definitions definitions;
  private final Intake intake;
  private final ScheduleStore schedules = new ScheduleStore();

  public ScheduleSync(
      Core core, ScheduleBook book, Units units, Definitions definitions, Intake intake) {
    this.core = core;
    this.book = book;
    this.units = units;
    this.definitions = definitions;
    this.intake = intake;
  }

  /** Reads all schedules; those changed on other nodes are taken up with their configuration. */
  public void refresh() {
    List<ScheduleStore.Stand> all =
        core.transactions()
            .own(
                tx -> {
                  core.clock().sample(tx.session().now());
                  return schedules.all(tx.session());
                });
    Set<String> changed = new LinkedHashSet<>();
    Instant now = core.clock().database();
    book.refresh(all, now, intake::due, changed::add);
    for (String unit : changed) {
      definitions.reload(unit);
      intake.changed(unit);
    }
  }

  /**
   * Arms schedules that wait for the end of a run when there is none to come: it was cancelled
   * before it ran, or skipped.
   */
  public void endWaits() {
    core.transactions()
        .eachBriefly(
            core.transactions().own(tx -> schedules.withoutDueAndRun(tx.session())),
            (tx, stand) -> {
              String unit = stand.unit();
              if (core.registry().find(unit) != null
                  && ScheduleLine.read(stand.expression()) instanceof Schedule.Every every
                  && every.mode() == IntervalMode.FIXED_DELAY) {
                arm(tx, stand, every);
                tx.afterCommit(() -> intake.changed(unit));
              }
            });
  }

  private void arm(Tx tx, ScheduleStore.Stand stand, Schedule.Every every) {
    long jitter = Jitter.of(every.jitter());
    Instant next = tx.databaseTime().plus(every.interval()).plusMillis(jitter);
    schedules.armIfWaitingAndFree(tx.session(), stand.unit(), stand.expression(), next, jitter);
  }

  /** Resumes units whose pause was to end by now. */
  public void endPauses() {
    units.endPauses();
  }
}
