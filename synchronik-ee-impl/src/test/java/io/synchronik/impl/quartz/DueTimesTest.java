package io.synchronik.impl.quartz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DueTimesTest {
  private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
  private final QuartzTimers timers = new QuartzTimers("test", Runnable::run);

  private static Schedule.Cron cron(String expression, ZoneId zone) {
    return new Schedule.Cron(expression, zone, Duration.ZERO);
  }

  private List<String> next(Schedule.Cron schedule, String after, int count) {
    List<String> times = new ArrayList<>();
    Instant time = ZonedDateTime.parse(after).toInstant();
    for (int i = 0; i < count; i++) {
      time = timers.after(schedule, time);
      times.add(time.atZone(schedule.zone()).toOffsetDateTime().toString());
    }
    return times;
  }

  @Test
  void intervalsAreAdded() {
    Instant noon = Instant.parse("2026-11-21T12:00:00.123Z");
    Schedule every =
        new Schedule.Every(
            Duration.ofMillis(10), IntervalMode.FIXED_RATE, Duration.ZERO, Duration.ZERO);

    assertThat(timers.after(every, noon)).isEqualTo(noon.plusMillis(10));
  }

  @Test
  void cronIsReadInItsZone() {
    assertThat(next(cron("0 30 3 * * ?", OSLO), "2026-11-21T12:00:00Z", 2))
        .containsExactly("2026-11-22T03:30+01:00", "2026-11-23T03:30+01:00");
    assertThat(next(cron("0 30 3 * * ?", ZoneId.of("UTC")), "2026-11-21T12:00:00Z", 1))
        .containsExactly("2026-11-22T03:30Z");
  }

  @Test
  void aTimeIsAfterAndNotAt() {
    assertThat(next(cron("0 0 12 * * ?", ZoneId.of("UTC")), "2026-11-21T12:00:00Z", 1))
        .containsExactly("2026-11-22T12:00Z");
  }

  @Test
  void dailyTimeStaysWhereItIsOnTheClock() {
    assertThat(next(cron("0 0 12 * * ?", OSLO), "2026-03-28T00:00:00Z", 2))
        .containsExactly("2026-03-28T12:00+01:00", "2026-03-29T12:00+02:00");
  }

  @Test
  void missingTimeIsPassedOver() {
    assertThat(next(cron("0 30 2 * * ?", OSLO), "2026-03-28T00:00:00Z", 3))
        .containsExactly(
            "2026-03-28T02:30+01:00", "2026-03-30T02:30+02:00", "2026-03-31T02:30+02:00");
  }

  @Test
  void timeThatComesTwiceIsDueOnce() {
    assertThat(next(cron("0 30 2 * * ?", OSLO), "2026-10-24T00:00:00Z", 3))
        .extracting(time -> time.substring(0, 16))
        .containsExactly("2026-10-24T02:30", "2026-10-25T02:30", "2026-10-26T02:30");
  }

  @Test
  void everyHourIsEveryHourWhenOneComesTwice() {
    assertThat(next(cron("0 30 * * * ?", OSLO), "2026-10-24T23:00:00Z", 4))
        .containsExactly(
            "2026-10-25T01:30+02:00",
            "2026-10-25T02:30+02:00",
            "2026-10-25T02:30+01:00",
            "2026-10-25T03:30+01:00");
  }

  @Test
  void offsetIsAZone() {
    for (String zone : List.of("UTC+2", "+02:00", "GMT+2", "UTC+02:00")) {
      assertThat(next(cron("0 0 12 * * ?", ZoneId.of(zone)), "2026-11-21T00:00:00Z", 1))
          .as(zone)
          .containsExactly("2026-11-21T12:00+02:00");
    }
  }

  @Test
  void nearestWeekdayIsDueWhenAskedOnTheDayItself() {
    assertThat(next(cron("0 0 5 2W * ?", ZoneId.of("UTC")), "2026-08-02T06:00:00Z", 2))
        .containsExactly("2026-08-03T05:00Z", "2026-09-02T05:00Z");
  }

  @Test
  void scheduleCanEnd() {
    assertThat(timers.after(cron("0 0 0 1 1 ? 2027", OSLO), Instant.parse("2027-06-01T00:00:00Z")))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 3 * * ?",
        "0/5 * * * * ?",
        "0 0 12 ? * MON-FRI",
        "0 0 0 L * ?",
        "0 0 0 1 1 ? 2099"
      })
  void goodExpressionsAreTaken(String expression) {
    timers.check(cron(expression, OSLO));
  }

  @ParameterizedTest
  @CsvSource({
    "0 * * * * ?, PT1M, PT1M",
    "0 0 3 * * ?, PT24H, PT24H",
    "0 0/10 9-10 * * ?, PT15M, PT10M",
    "'0 0 3,15 * * ?', PT12H, PT12H"
  })
  void jitterIsShorterThanTheLeastGap(String expression, Duration jitter, Duration gap) {
    ZoneId utc = ZoneId.of("UTC");
    assertThatThrownBy(() -> timers.check(new Schedule.Cron(expression, utc, jitter)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("jitter (%s) must be shorter than".formatted(jitter))
        .hasMessageContaining(expression)
        .hasMessageEndingWith("(" + gap + ")");
    timers.check(new Schedule.Cron(expression, utc, gap.minusMillis(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 3 * *, '5 fields, 6 or 7 are needed (seconds first)'",
    "0 0 3 * * ? 2027 9, 8 fields",
    "every day at three please now, cron",
    "0 0 25 * * ?, cron",
    "0 0 0 31 2 ?, never due",
    "0 0 0 1 1 ? 2020, never due again: its years are over",
    "@daily, 'write \"0 0 0 * * ?\"'",
    "0 0 3 * * *, 'write \"0 0 3 * * ?\"'",
    "'0 0 3 ? * 2#1,4#2', takes no list",
  })
  void badExpressionsSayWhatIsWrong(String expression, String message) {
    assertThatThrownBy(() -> timers.check(cron(expression, OSLO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cron \"" + expression + "\"")
        .hasMessageContaining(message);
  }
}
