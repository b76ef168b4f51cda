package io.synchronik.impl.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {
  private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");

  /** Compares all due times of a time, and what is next for moments between them. */
  private static void assertAsTheCalendarSays(
      String expression, ZoneId zone, Instant from, Instant to) {
    CronTimes times = CronTimes.parse(expression);
    List<Instant> expected = new CalendarOracle(expression).between(from, to, zone);
    List<Instant> found = new ArrayList<>();
    Instant time = times.after(from.minusNanos(1), zone);
    while (time != null && time.isBefore(to)) {
      found.add(time);
      time = times.after(time, zone);
    }
    assertThat(found).as("%s in %s", expression, zone).isEqualTo(expected);
    Random random = new Random(7);
    for (int i = 0; i < 50 && !expected.isEmpty(); i++) {
      int n = random.nextInt(expected.size());
      Instant due = expected.get(n);
      Instant before = n == 0 ? from : expected.get(n - 1);
      long gap = Duration.between(before, due).toMillis();
      Instant asked = before.plusMillis(gap == 0 ? -1 : random.nextLong(gap));
      assertThat(times.after(asked, zone)).as("%s asked at %s", expression, asked).isEqualTo(due);
      assertThat(times.after(due.minusMillis(1), zone)).isEqualTo(due);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Oslo",
        "Europe/Dublin",
        "America/New_York",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Pacific/Chatham",
        "Antarctica/Troll",
        "Africa/Casablanca",
        "Asia/Beirut",
        "Asia/Kathmandu",
        "UTC",
        "UTC+2",
        "+02:00",
        "-03:30",
        "GMT+1",
        "Z"
      })
  void changesOfTheClock(String id) {
    ZoneId zone = ZoneId.of(id);
    List<Instant> around = new ArrayList<>();
    Instant year = Instant.parse("2026-01-01T00:00:00Z");
    ZoneOffsetTransition change = zone.getRules().nextTransition(year);
    while (change != null && change.getInstant().isBefore(year.plus(Duration.ofDays(365)))) {
      around.add(change.getInstant());
      change = zone.getRules().nextTransition(change.getInstant());
    }
    if (around.isEmpty()) {
      around.add(Instant.parse("2026-03-29T01:00:00Z"));
    }
    for (Instant moment : around) {
      for (String expression :
          List.of(
              "0 * * * * ?",
              "0 7/10 * ? * *",
              "0 0 */1 * * ?",
              "0 45 0-23 * * ?",
              "0 15 0/1 * * ?",
              "0 * 1 * * ?",
              "0 30 2 * * ?",
              "0 45 1,2,3 * * ?",
              "0 0/20 1-3 * * ?",
              "0 10 0/2 * * ?",
              "0 0 0 * * ?",
              "0 59 23 * * ?",
              "0 */5 22-2 * * ?")) {
        assertAsTheCalendarSays(
            expression,
            zone,
            moment.minus(Duration.ofHours(30)),
            moment.plus(Duration.ofHours(30)));
      }
      assertAsTheCalendarSays(
          "*/7 */9 * * * ?",
          zone,
          moment.minus(Duration.ofHours(2)),
          moment.plus(Duration.ofHours(2)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Pacific/Apia, 2011-12-30T10:00:00Z",
    "America/Sao_Paulo, 2018-11-04T03:00:00Z",
    "America/Sao_Paulo, 2018-02-18T02:00:00Z",
    "Europe/Volgograd, 2020-12-26T23:00:00Z"
  })
  void changesOfTheRules(String id, String at) {
    Instant moment = Instant.parse(at);
    for (String expression : List.of("0 0 0 * * ?", "0 */30 * * * ?", "0 30 23 * * ?")) {
      assertAsTheCalendarSays(
          expression,
          ZoneId.of(id),
          moment.minus(Duration.ofDays(3)),
          moment.plus(Duration.ofDays(3)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 5 2W * ?",
        "0 0 5 1W * ?",
        "0 0 5 15W * ?",
        "0 0 5 31W * ?",
        "0 0 5 30W * ?",
        "0 0 5 L * ?",
        "0 0 5 LW * ?",
        "0 0 5 L-3 * ?",
        "0 0 5 L-2W * ?",
        "0 0 5 29 2 ?",
        "0 0 5 31 * ?",
        "0 0 5 28-3 JAN,FEB,12 ?",
        "0 0 5 ? * L",
        "0 0 5 ? * 6L",
        "0 0 5 ? * FRIL",
        "0 0 5 ? * 2#1",
        "0 0 5 ? * MON#5",
        "0 0 5 ? NOV-FEB MON-FRI",
        "0 0 5 ? * FRI-MON",
        "0 0 5 */7 */5 ?",
        "0 0 5 1 1 ? 2027",
        "0 0 2 29 3 ? 2026-2028"
      })
  void days(String expression) {
    Instant from = Instant.parse("2026-01-01T00:00:00Z");
    assertAsTheCalendarSays(expression, OSLO, from, from.plus(Duration.ofDays(900)));
  }

  @Test
  void expressionsOfAnyKind() {
    Random random = new Random(42);
    List<String> zones = List.of("Europe/Oslo", "Australia/Lord_Howe", "America/New_York");
    for (int i = 0; i < 60; i++) {
      String day = random.nextBoolean() ? "*" : any(random, 1, 31);
      String week = any(random, 1, 7);
      String expression =
          "0 %s %s %s %s %s"
              .formatted(
                  any(random, 0, 59),
                  any(random, 0, 23),
                  i % 2 == 0 ? day : "?",
                  random.nextBoolean() ? "*" : any(random, 1, 12),
                  i % 2 == 0 ? "?" : week);
      Instant from =
          Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(300)));
      assertAsTheCalendarSays(
          expression, ZoneId.of(zones.get(i % 3)), from, from.plus(Duration.ofDays(60)));
    }
  }

  private static String any(Random random, int least, int most) {
    int one = least + random.nextInt(most - least + 1);
    int other = least + random.nextInt(most - least + 1);
    int step = 1 + random.nextInt(most - least);
    return switch (random.nextInt(6)) {
      case 0 -> "*";
      case 1 -> "*/" + step;
      case 2 -> one + "/" + step;
      case 3 -> one + "-" + other;
      case 4 -> one + "-" + other + "/" + step + "," + other;
      default -> one + "," + other;
    };
  }

  @Test
  void nearestWeekdayOfTheSecondIsInEachMonth() {
    CronTimes times = CronTimes.parse("0 0 5 2W * ?");
    Instant saturday = Instant.parse("2026-05-02T06:00:00Z");

    assertThat(times.after(saturday, ZoneOffset.UTC)).isEqualTo("2026-06-02T05:00:00Z");
    assertThat(times.after(Instant.parse("2026-05-01T04:00:00Z"), ZoneOffset.UTC))
        .isEqualTo("2026-05-01T05:00:00Z");
  }

  @Test
  void farTimesAreFound() {
    assertThat(CronTimes.parse("0 0 0 29 2 ? 2096").after(Instant.EPOCH, OSLO))
        .isEqualTo(ZonedDateTime.of(2096, 2, 29, 0, 0, 0, 0, OSLO).toInstant());
    assertThat(CronTimes.parse("0 0 0 31 2 ?").after(Instant.EPOCH, OSLO)).isNull();
    assertThat(CronTimes.parse("0 0 0 ? 2 MON#5").after(Instant.EPOCH, ZoneOffset.UTC))
        .isEqualTo("1988-02-29T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "@daily, 'write \"0 0 0 * * ?\"'",
    "@Weekly, 'write \"0 0 0 ? * SUN\"'",
    "@every 5m, an interval as every",
    "*/5 * * * *, 'has 5 fields, 6 or 7 are needed (seconds first); for this one of Unix write \"0"
        + " */5 * * * ?\"'",
    "30 4 * * 1-5, 'write \"0 30 4 ? * 2-6\"'",
    "30 4 * * 0, 'write \"0 30 4 ? * 1\"'",
    "0 3 1 * *, 'write \"0 0 3 1 * ?\"'",
    "0 3 1 * 5, '6 or 7 are needed (seconds first)'",
    "0 0 3 * * *, 'one of the two day fields must be ?; write \"0 0 3 * * ?\"'",
    "0 0 3 * * MON, 'write \"0 0 3 ? * MON\"'",
    "0 0 3 1 * *, 'write \"0 0 3 1 * ?\"'",
    "0 0 3 1 * MON, 'write \"0 0 3 1 * ?\" or \"0 0 3 ? * MON\"'",
    "0 0 3 ? * ?, 'write \"0 0 3 * * ?\"'",
    "'0 0 3 ? * 2#1,4#2', takes no list",
    "'0 0 3 ? * 6L,2', takes no list",
    "'0 0 3 1,15W * ?', takes no list",
    "'0 0 3 L,1 * ?', takes no list",
    "0 0 3 ? * 2#6, the number after # must be 1 to 5",
    "0 0 3 ? * 0, is no day of the week: 1 to 7 or one of SUN MON TUE WED THU FRI SAT",
    "0 0 3 ? * MONDAY, 'MONDAY' is no day of the week",
    "0 0 3 0 * ?, '0' is no day of the month: 1 to 31",
    "0 0 24 * * ?, '24' is no hour: 0 to 23",
    "0 60 * * * ?, '60' is no minute: 0 to 59",
    "0 */70 * * * ?, the step /70 of the minute must be 1 to 60",
    "0 */0 * * * ?, the step /0 of the minute",
    "0 ? * * * ?, '?' is no minute",
    "'0 1,,2 * * * ?', '' is no minute",
    "0 0 0 1 1 ? 2028-2027, '2028-2027' is no year",
    "0 0 0 1 FOO ?, 'FOO' is no month: 1 to 12 or one of JAN FEB",
    "0 0 0 L-31 * ?, 'L-31' is no day of the month"
  })
  void refusalsSayWhatToWrite(String expression, String message) {
    assertThatThrownBy(() -> CronTimes.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cron \"" + expression + "\"")
        .hasMessageContaining(message);
  }
}
