package io.synchronik.impl.unit;

import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.lifecycle.Jitter;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.ScheduleLine;
import io.synchronik.impl.store.unit.ScheduleChanges;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.schedule.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings units' schedules in line with what is set, inside the caller's transaction. */
public final class UnitSchedules {
  private final Timers timers;
  private final Journal journal;
  private final ScheduleStore schedules = new ScheduleStore();
  private final ScheduleChanges changes = new ScheduleChanges();

  public UnitSchedules(Timers timers, Journal journal) {
    this.timers = timers;
    this.journal = journal;
  }

  /** Writes down how a unit's schedule stands behind a change of it. */
  void note(Tx tx, String id) {
    changes.note(tx.session(), id, journal.nextId(), tx.databaseTime());
  }

  /**
   * Sets a unit's schedule to its configuration; a schedule that stays the same keeps its times.
   */
  void set(
      Tx tx,
      String id,
      @Nullable Schedule schedule,
      List<ScheduleStore.Stand> stands,
      boolean enabled) {
    ScheduleStore.Stand stand = stands.isEmpty() ? null : stands.get(0);
    if (schedule == null) {
      if (stand != null) {
        schedules.remove(tx.session(), id);
        note(tx, id);
      }
      return;
    }
    String line = ScheduleLine.write(schedule);
    if (stand != null && stand.expression().equals(line)) {
      return;
    }
    long jitter = Jitter.of(schedule.jitter());
    Instant first = enabled ? first(schedule, tx.databaseTime(), stand) : null;
    schedules.put(tx.session(), id, line, first == null ? null : first.plusMillis(jitter), jitter);
    note(tx, id);
  }

  /** Returns when a schedule that is set now is due first, without jitter; null for never. */
  @Nullable Instant first(Schedule schedule, Instant now, ScheduleStore.@Nullable Stand stand) {
    if (schedule instanceof Schedule.Every every) {
      return now.plus(stand == null ? every.initialDelay() : every.interval());
    }
    return timers.after(schedule, now);
  }

  /** Counts an enabled unit's due times from now. */
  void restart(Tx tx, String id, Schedule schedule) {
    Instant next = next(timers, schedule, tx.databaseTime());
    schedules.put(tx.session(), id, ScheduleLine.write(schedule), next, 0);
  }

  /** Returns the first due time of a unit that was enabled at a time. */
  static @Nullable Instant next(Timers timers, Schedule schedule, Instant enabled) {
    return schedule instanceof Schedule.Every every
        ? enabled.plus(every.interval())
        : timers.after(schedule, enabled);
  }

  /** Returns some due times of a schedule after one, without jitter. */
  static List<Instant> following(Timers timers, Schedule schedule, Instant time, int most) {
    List<Instant> times = new ArrayList<>();
    Instant next = timers.after(schedule, time);
    while (next != null && times.size() < most) {
      times.add(next);
      next = timers.after(schedule, next);
    }
    return times;
  }

  /** Checks a schedule that is to be set. */
  void check(Schedule schedule) {
    try {
      timers.check(schedule);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      String field =
          message.startsWith("jitter")
              ? "jitter"
              : schedule instanceof Schedule.Cron ? "cron" : "every";
      throw new InvalidConfigurationException(field, Message.BAD_FIELD.with(message));
    }
  }
}
