package io.synchronik.impl.cron;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * When a cron expression is due, found by looking at each second of a time: slow, plain, and with
 * nothing in common with what it is compared to.
 */
final class CalendarOracle {
  private static final List<String> MONTHS =
      List.of("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ", -1));
  private static final List<String> DAYS = List.of("SUN MON TUE WED THU FRI SAT".split(" ", -1));

  private final String[] fields;
  private final Set<Integer> seconds;
  private final Set<Integer> minutes;
  private final Set<Integer> hours;
  private final Set<Integer> months;

  CalendarOracle(String expression) {
    fields = expression.split(" ", -1);
    seconds = set(fields[0], 0, 59, List.of());
    minutes = set(fields[1], 0, 59, List.of());
    hours = set(fields[2], 0, 23, List.of());
    months = set(fields[4], 1, 12, MONTHS);
  }

  /** Returns all due times from one (inclusive) to another (exclusive). */
  List<Instant> between(Instant from, Instant to, ZoneId zone) {
    List<Instant> due = new ArrayList<>();
    boolean wholeMinutes = seconds.equals(Set.of(0));
    Duration step = wholeMinutes ? Duration.ofMinutes(1) : Duration.ofSeconds(1);
    for (Instant time = from; time.isBefore(to); time = time.plus(step)) {
      ZoneOffset offset = zone.getRules().getOffset(time);
      LocalDateTime local = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, offset);
      if (minutes.contains(local.getMinute())
          && hours.contains(local.getHour())
          && seconds.contains(local.getSecond())
          && isDay(local.toLocalDate())
          && (hours.size() == 24 || isFirstPass(zone, local, offset))) {
        due.add(time);
      }
    }
    return due;
  }

  private static boolean isFirstPass(ZoneId zone, LocalDateTime local, ZoneOffset offset) {
    return zone.getRules().getValidOffsets(local).indexOf(offset) == 0;
  }

  private boolean isDay(LocalDate date) {
    return months.contains(date.getMonthValue())
        && (fields.length < 7 || set(fields[6], 1970, 2099, List.of()).contains(date.getYear()))
        && (fields[5].equals("?") ? isDayOfMonth(date, fields[3]) : isDayOfWeek(date, fields[5]));
  }

  private static boolean isDayOfMonth(LocalDate date, String text) {
    int last = date.lengthOfMonth();
    boolean nearest = text.endsWith("W");
    String day = nearest ? text.substring(0, text.length() - 1) : text;
    int wanted;
    if (day.startsWith("L")) {
      wanted = day.equals("L") ? last : last - Integer.parseInt(day.substring(2));
    } else if (nearest) {
      wanted = Integer.parseInt(day);
    } else {
      return set(day, 1, 31, List.of()).contains(date.getDayOfMonth());
    }
    if (wanted < 1 || wanted > last) {
      return false;
    }
    int meant =
        !nearest
            ? wanted
            : IntStream.rangeClosed(1, last)
                .boxed()
                .filter(
                    one -> date.withDayOfMonth(one).getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
                .min(Comparator.comparingInt(one -> Math.abs(one - wanted)))
                .orElseThrow();
    return date.getDayOfMonth() == meant;
  }

  private static boolean isDayOfWeek(LocalDate date, String text) {
    int day = DAYS.indexOf(date.getDayOfWeek().name().substring(0, 3)) + 1;
    if (text.contains("#")) {
      String[] parts = text.split("#", -1);
      long count =
          IntStream.rangeClosed(1, date.getDayOfMonth())
              .filter(one -> date.withDayOfMonth(one).getDayOfWeek() == date.getDayOfWeek())
              .count();
      return number(parts[0], DAYS) == day && count == Long.parseLong(parts[1]);
    }
    if (text.endsWith("L") && text.length() > 1) {
      return number(text.substring(0, text.length() - 1), DAYS) == day
          && date.plusWeeks(1).getMonth() != date.getMonth();
    }
    return text.equals("L") ? day == 7 : set(text, 1, 7, DAYS).contains(day);
  }

  private static int number(String text, List<String> names) {
    return names.contains(text) ? names.indexOf(text) + 1 : Integer.parseInt(text);
  }

  private static Set<Integer> set(String text, int least, int most, List<String> names) {
    Set<Integer> set = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      String[] slash = part.split("/", -1);
      int step = slash.length > 1 ? Integer.parseInt(slash[1]) : 1;
      String[] range = slash[0].split("-", -1);
      boolean all = slash[0].equals("*") || slash[0].isEmpty();
      int value = all ? least : number(range[0], names);
      int end = range.length > 1 ? number(range[1], names) : all || slash.length > 1 ? most : value;
      int steps = Math.floorMod(end - value, most - least + 1);
      for (int i = 0; i <= steps; i++, value = value == most ? least : value + 1) {
        if (i % step == 0) {
          set.add(value);
        }
      }
    }
    return set;
  }
}
