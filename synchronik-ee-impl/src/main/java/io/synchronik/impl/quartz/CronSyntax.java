package io.synchronik.impl.quartz;

import io.synchronik.schedule.Schedule;
import java.text.ParseException;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** Cron expressions as Quartz reads them, with errors that say what is expected. */
final class CronSyntax {
  private CronSyntax() {}

  static CronExpression parse(Schedule.Cron cron) {
    String text = cron.expression().trim();
    int fields = text.split("\\s+").length;
    if (!text.startsWith("@") && (fields < 6 || fields > 7)) {
      throw new IllegalArgumentException(
          "cron \"%s\" has %d fields, 6 or 7 are needed (seconds first)".formatted(text, fields));
    }
    try {
      CronExpression parsed = new CronExpression(text);
      parsed.setTimeZone(TimeZone.getTimeZone(cron.zone()));
      return parsed;
    } catch (ParseException | RuntimeException e) {
      throw new IllegalArgumentException("cron \"%s\": %s".formatted(text, e.getMessage()), e);
    }
  }
}
