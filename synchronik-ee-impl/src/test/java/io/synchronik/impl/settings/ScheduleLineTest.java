package io.synchronik.impl.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleLineTest {
  private static final Schedule EVERY =
      new Schedule.Every(
          Duration.ofSeconds(90),
          IntervalMode.FIXED_DELAY,
          Duration.ofHours(2),
          Duration.ofMillis(250));
  private static final Schedule CRON =
      new Schedule.Cron("0 0/5 * ? JAN MON-FRI", ZoneId.of("Europe/Oslo"), Duration.ofSeconds(1));

  @Test
  void linesAreReadBack() {
    assertThat(ScheduleLine.write(EVERY)).isEqualTo("every 90s FIXED_DELAY after 2h jitter 250ms");
    assertThat(ScheduleLine.read(ScheduleLine.write(EVERY))).isEqualTo(EVERY);
    assertThat(ScheduleLine.write(CRON))
        .isEqualTo("cron 0 0/5 * ? JAN MON-FRI zone Europe/Oslo jitter 1s");
    assertThat(ScheduleLine.read(ScheduleLine.write(CRON))).isEqualTo(CRON);
    assertThat(ScheduleLine.write(null)).isEmpty();
    assertThat(ScheduleLine.read("")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "every now and then",
        "every 1s SOMETIMES after 0ms jitter 0ms",
        "every 1ms FIXED_RATE after 0ms jitter 0ms",
        "cron 0 0 3 * * ? zone Europe/Nowhere jitter 0ms",
        "when it suits"
      })
  void whatOnlyAnotherVersionCanReadIsNone(String line) {
    assertThat(ScheduleLine.read(line)).isNull();
  }
}
