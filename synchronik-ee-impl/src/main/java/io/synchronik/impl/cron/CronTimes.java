package io.synchronik.impl.cron;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The due times of a cron expression. An expression whose hour is every hour is due in both passes
 * of a repeated hour, any other in the first one. A local time that a gap skips is passed over.
 */
public final class CronTimes {
  private final BitSet seconds;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet months;
  private final BitSet years;
  private final DayRule days;

  private CronTimes(List<String> fields, DayRule days) {
    this.seconds = CronField.SECOND.values(fields.get(0));
    this.minutes = CronField.MINUTE.values(fields.get(1));
    this.hours = CronField.HOUR.values(fields.get(2));
    this.months = CronField.MONTH.values(fields.get(4));
    this.years = CronField.YEAR.values(fields.size() > 6 ? fields.get(6) : "*");
    this.days = days;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException saying what is wrong, and what to write instead where that can
   *     be known
   */
  public static CronTimes parse(String expression) {
    List<String> fields = CronText.fields(expression);
    try {
      DayRule days =
          fields.get(5).equals(CronText.UNSAID)
              ? DayRule.ofMonth(fields.get(3))
              : DayRule.ofWeek(fields.get(5));
      return new CronTimes(fields, days);
    } catch (IllegalArgumentException e) {
      throw CronText.bad(expression, ": " + e.getMessage());
    }
  }

  /** Returns the first due time after another, null when there is none. */
  public @Nullable Instant after(Instant time, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition begin = rules.previousTransition(time.plusNanos(1));
    LocalDateTime from =
        LocalDateTime.ofInstant(time, rules.getOffset(time))
            .truncatedTo(ChronoUnit.SECONDS)
            .plusSeconds(1);
    while (true) {
      ZoneOffset offset = begin == null ? rules.getOffset(time) : begin.getOffsetAfter();
      if (begin != null && begin.isOverlap() && !isEveryHour()) {
        from = later(from, begin.getDateTimeBefore());
      }
      LocalDateTime next = from(from);
      if (next == null) {
        return null;
      }
      Instant due = next.toInstant(offset);
      ZoneOffsetTransition end = rules.nextTransition(begin == null ? time : begin.getInstant());
      if (end == null || due.isBefore(end.getInstant())) {
        return due;
      }
      begin = end;
      from = end.getDateTimeAfter();
    }
  }

  private boolean isEveryHour() {
    return hours.cardinality() == 24;
  }

  private static LocalDateTime later(LocalDateTime one, LocalDateTime other) {
    return one.isBefore(other) ? other : one;
  }

  /** Returns the first local time that is not before another. */
  private @Nullable LocalDateTime from(LocalDateTime from) {
    LocalDate today = from.toLocalDate();
    LocalTime time = isDue(today) ? from(from.toLocalTime()) : null;
    if (time != null) {
      return today.atTime(time);
    }
    LocalDate date = from(today.plusDays(1));
    return date == null
        ? null
        : date.atTime(hours.nextSetBit(0), minutes.nextSetBit(0), seconds.nextSetBit(0));
  }

  private boolean isDue(LocalDate date) {
    return years.get(date.getYear()) && months.get(date.getMonthValue()) && days.matches(date);
  }

  private @Nullable LocalDate from(LocalDate first) {
    int year = years.nextSetBit(first.getYear());
    LocalDate from = year == first.getYear() ? first : LocalDate.MIN;
    while (year >= 0) {
      for (int month = months.nextSetBit(1); month > 0; month = months.nextSetBit(month + 1)) {
        YearMonth in = YearMonth.of(year, month);
        if (!in.atEndOfMonth().isBefore(from)) {
          for (int day = 1; day <= in.lengthOfMonth(); day++) {
            LocalDate date = in.atDay(day);
            if (!date.isBefore(from) && days.matches(date)) {
              return date;
            }
          }
        }
      }
      year = years.nextSetBit(year + 1);
    }
    return null;
  }

  private @Nullable LocalTime from(LocalTime time) {
    int hour = hours.nextSetBit(time.getHour());
    if (hour == time.getHour()) {
      int minute = minutes.nextSetBit(time.getMinute());
      if (minute == time.getMinute()) {
        int second = seconds.nextSetBit(time.getSecond());
        if (second >= 0) {
          return LocalTime.of(hour, minute, second);
        }
        minute = minutes.nextSetBit(minute + 1);
      }
      if (minute >= 0) {
        return LocalTime.of(hour, minute, seconds.nextSetBit(0));
      }
      hour = hours.nextSetBit(hour + 1);
    }
    return hour < 0 ? null : LocalTime.of(hour, minutes.nextSetBit(0), seconds.nextSetBit(0));
  }
}
