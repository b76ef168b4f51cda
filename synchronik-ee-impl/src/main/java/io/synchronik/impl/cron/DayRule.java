package io.synchronik.impl.cron;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which days an expression means. */
@FunctionalInterface
interface DayRule {
  Pattern LAST = Pattern.compile("L(?:-(\\d{1,2}))?(W)?");
  Pattern NEAREST = Pattern.compile("(\\d{1,2})W");
  Pattern LAST_OF_WEEK = Pattern.compile("(\\w{1,3})L");
  Pattern NTH_OF_WEEK = Pattern.compile("(\\w{1,3})#(\\d)");

  boolean matches(LocalDate date);

  /** Reads a day of the month: values, {@code L}, {@code L-3}, {@code LW}, {@code 15W}. */
  static DayRule ofMonth(String text) {
    Matcher last = LAST.matcher(text);
    if (last.matches()) {
      int before = last.group(1) == null ? 0 : Integer.parseInt(last.group(1));
      if (before > 30) {
        throw CronField.DAY.bad(text);
      }
      boolean weekday = last.group(2) != null;
      return date -> isOn(date, date.lengthOfMonth() - before, weekday);
    }
    Matcher nearest = NEAREST.matcher(text);
    if (nearest.matches()) {
      int day = CronField.DAY.value(nearest.group(1));
      return date -> isOn(date, day, true);
    }
    alone(CronField.DAY, text, "L", "W");
    BitSet days = CronField.DAY.values(text);
    return date -> days.get(date.getDayOfMonth());
  }

  /** Reads a day of the week: values, {@code 6L}, {@code FRI#2}. */
  static DayRule ofWeek(String text) {
    if (text.equals("L")) {
      return date -> weekday(date) == 7;
    }
    Matcher nth = NTH_OF_WEEK.matcher(text);
    if (nth.matches()) {
      int day = CronField.WEEKDAY.value(nth.group(1));
      int n = Integer.parseInt(nth.group(2));
      if (n < 1 || n > 5) {
        throw new IllegalArgumentException("'" + text + "': the number after # must be 1 to 5");
      }
      return date -> weekday(date) == day && (date.getDayOfMonth() - 1) / 7 + 1 == n;
    }
    Matcher last = LAST_OF_WEEK.matcher(text);
    if (last.matches()) {
      int day = CronField.WEEKDAY.value(last.group(1));
      return date -> weekday(date) == day && date.getDayOfMonth() > date.lengthOfMonth() - 7;
    }
    alone(CronField.WEEKDAY, text, "L", "#");
    BitSet days = CronField.WEEKDAY.values(text);
    return date -> days.get(weekday(date));
  }

  private static void alone(CronField field, String text, String... marks) {
    for (String mark : marks) {
      if (text.contains(",") && text.contains(mark)) {
        throw new IllegalArgumentException(
            "'%s' is a list, and %s takes no list in the %s; declare a unit for each"
                .formatted(
                    text, mark, field == CronField.DAY ? "day of the month" : "day of the week"));
      }
    }
  }

  /** Sunday is 1, as in Quartz. */
  private static int weekday(LocalDate date) {
    return date.getDayOfWeek().getValue() % 7 + 1;
  }

  private static boolean isOn(LocalDate date, int day, boolean nearestWeekday) {
    int length = date.lengthOfMonth();
    if (day < 1 || day > length) {
      return false;
    }
    return date.getDayOfMonth()
        == (nearestWeekday ? nearestWeekday(date.withDayOfMonth(day), length) : day);
  }

  /** Never leaves the month. */
  private static int nearestWeekday(LocalDate date, int length) {
    int day = date.getDayOfMonth();
    if (date.getDayOfWeek() == DayOfWeek.SATURDAY) {
      return day == 1 ? 3 : day - 1;
    }
    if (date.getDayOfWeek() == DayOfWeek.SUNDAY) {
      return day == length ? day - 2 : day + 1;
    }
    return day;
  }
}
