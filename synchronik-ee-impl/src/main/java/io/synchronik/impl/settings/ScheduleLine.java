package io.synchronik.impl.settings;

import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A schedule in one line, as the tables have it: equal for equal schedules, and read back. */
public final class ScheduleLine {
  private static final Logger LOG = System.getLogger(ScheduleLine.class.getName());
  private static final Pattern EVERY =
      Pattern.compile("every (\\S+) (\\S+) after (\\S+) jitter (\\S+)");
  private static final Pattern CRON = Pattern.compile("cron (.+) zone (\\S+) jitter (\\S+)");

  private ScheduleLine() {}

  /** Writes a schedule; an empty line for none. */
  public static String write(@Nullable Schedule schedule) {
    if (schedule instanceof Schedule.Every every) {
      return "every %s %s after %s jitter %s"
          .formatted(
              DurationText.write(every.interval()),
              every.mode(),
              DurationText.write(every.initialDelay()),
              DurationText.write(every.jitter()));
    }
    if (schedule instanceof Schedule.Cron cron) {
      return "cron %s zone %s jitter %s"
          .formatted(cron.expression(), cron.zone().getId(), DurationText.write(cron.jitter()));
    }
    return "";
  }

  /** Reads a schedule; null for none, and for what only another version can read. */
  public static @Nullable Schedule read(String line) {
    try {
      Matcher every = EVERY.matcher(line);
      if (every.matches()) {
        return new Schedule.Every(
            DurationText.parse(every.group(1)),
            IntervalMode.valueOf(every.group(2)),
            DurationText.parse(every.group(3)),
            DurationText.parse(every.group(4)));
      }
      Matcher cron = CRON.matcher(line);
      if (cron.matches()) {
        return new Schedule.Cron(
            cron.group(1), ZoneId.of(cron.group(2)), DurationText.parse(cron.group(3)));
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      LOG.log(Level.DEBUG, "A schedule of another version: " + line, e);
    }
    return null;
  }
}
