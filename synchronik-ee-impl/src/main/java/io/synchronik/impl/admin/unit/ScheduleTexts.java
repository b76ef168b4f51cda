package io.synchronik.impl.admin.unit;

import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/** A schedule as the fields of a configuration; null what it does not have. */
record ScheduleTexts(
    @Nullable String every,
    @Nullable String intervalMode,
    @Nullable String initialDelay,
    @Nullable String cron,
    @Nullable String zone,
    @Nullable String jitter) {
  private static final ScheduleTexts NONE = new ScheduleTexts(null, null, null, null, null, null);

  static ScheduleTexts of(@Nullable Schedule schedule) {
    if (schedule instanceof Schedule.Every every) {
      return new ScheduleTexts(
          every.interval().toString(),
          EnumText.write(every.mode()),
          every.initialDelay().toString(),
          null,
          null,
          every.jitter().toString());
    }
    if (schedule instanceof Schedule.Cron cron) {
      return new ScheduleTexts(
          null, null, null, cron.expression(), cron.zone().getId(), cron.jitter().toString());
    }
    return NONE;
  }

  /** The threshold in force; null where it depends on the next times of a cron expression. */
  static @Nullable String threshold(MisfirePolicy misfire, @Nullable Schedule schedule) {
    if (misfire.threshold() == null && schedule instanceof Schedule.Cron) {
      return null;
    }
    return misfire
        .thresholdFor(schedule instanceof Schedule.Every every ? every.interval() : null)
        .toString();
  }
}
