package io.synchronik.impl.due;

import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.settings.ScheduleLine;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A unit as its due times are judged.
 *
 * @param id its id
 * @param now the time of the database
 * @param facts its flags
 * @param stand its schedule as it stands; null for none
 * @param past what schedules it has had
 */
record DueUnit(
    String id, Instant now, UnitFacts facts, ScheduleStore.@Nullable Stand stand, Past past) {
  static String expression(ScheduleStore.@Nullable Stand stand) {
    return stand == null ? "" : stand.expression();
  }

  /** Returns its schedule; null for none, and for one that only another version can read. */
  @Nullable Schedule schedule() {
    return stand == null ? null : ScheduleLine.read(stand.expression());
  }

  /** Returns its next due time without jitter; null for none that is known. */
  @Nullable Instant next() {
    return stand == null || stand.nextDue() == null
        ? null
        : stand.nextDue().minusMillis(stand.jitterMillis());
  }

  /** Returns whether only the next due time is known: the others count from ends of runs. */
  boolean isOneByOne() {
    return schedule() instanceof Schedule.Every every && every.mode() == IntervalMode.FIXED_DELAY;
  }

  /** Returns why a run of a time to come would not be let in as things are; null when it would. */
  @Nullable String obstacle(Instant time) {
    String by = facts.pausedBy();
    return by != null && facts.pausedAt(time) ? UnitFacts.PAUSED + by : null;
  }
}
