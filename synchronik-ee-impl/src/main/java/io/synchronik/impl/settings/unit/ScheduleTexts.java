package io.synchronik.impl.settings.unit;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitConfig;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all units have in common, as texts: when they are due, and what becomes of firings.
 *
 * @param intervalMode how the kind of unit names the interval's mode
 */
record ScheduleTexts(String intervalMode) {

  void write(UnitConfig config, Map<String, String> texts) {
    Schedule schedule = config.schedule();
    texts.put(intervalMode, IntervalMode.FIXED_RATE.name());
    if (schedule instanceof Schedule.Every every) {
      texts.put("every", DurationText.write(every.interval()));
      texts.put(intervalMode, every.mode().name());
      texts.put("initialDelay", DurationText.write(every.initialDelay()));
    } else if (schedule instanceof Schedule.Cron cron) {
      texts.put("cron", cron.expression());
      texts.put("zone", cron.zone().getId());
    }
    if (schedule != null) {
      texts.put("jitter", DurationText.write(schedule.jitter()));
    }
    texts.put("misfire", config.misfire().policy().name());
    Duration threshold = config.misfire().threshold();
    texts.put("misfireThreshold", threshold == null ? "" : DurationText.write(threshold));
    texts.put("overlap", config.overlap().name());
    texts.put("maxRuns", Long.toString(config.maxRuns()));
  }

  @Nullable Schedule schedule(Fields in) {
    Duration jitter = in.get("jitter", Duration.ZERO, DurationText::parse);
    Duration initialDelay = in.get("initialDelay", Duration.ZERO, DurationText::parse);
    IntervalMode mode = in.constant(intervalMode, IntervalMode.FIXED_RATE);
    ZoneId zone = in.get("zone", ZoneId.systemDefault(), ScheduleTexts::zone);
    String every = in.text("every");
    String cron = in.text("cron");
    if (isSet(every) && isSet(cron)) {
      throw Fields.bad("cron", "every and cron cannot both be set");
    }
    if (isSet(every)) {
      Duration interval = in.get("every", Duration.ZERO, DurationText::parse);
      return in.checked("every", () -> new Schedule.Every(interval, mode, initialDelay, jitter));
    }
    if (isSet(cron)) {
      if (!initialDelay.isZero()) {
        throw Fields.bad(
            "initialDelay",
            "initialDelay goes with every alone: a cron expression says by itself when it begins");
      }
      return in.checked("cron", () -> new Schedule.Cron(cron, zone, jitter));
    }
    return null;
  }

  static MisfirePolicy misfire(Fields in) {
    return in.checked(
        "misfireThreshold",
        () ->
            new MisfirePolicy(
                in.constant("misfire", Misfire.FIRE_ONCE),
                in.orNull("misfireThreshold", DurationText::parse)));
  }

  static Overlap overlap(Fields in) {
    return in.constant("overlap", Overlap.SKIP);
  }

  static long maxRuns(Fields in) {
    return in.get("maxRuns", 0L, Long::parseLong);
  }

  /** Whether a text sets an interval or a cron expression. */
  static boolean isSet(@Nullable String text) {
    return text != null
        && !text.isBlank()
        && !text.equalsIgnoreCase("off")
        && !text.equalsIgnoreCase("disabled");
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is not a time zone", e);
    }
  }
}
