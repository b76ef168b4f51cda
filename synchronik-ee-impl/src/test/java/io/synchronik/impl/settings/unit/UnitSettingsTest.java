package io.synchronik.impl.settings.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitKind;
import io.synchronik.worker.ItemLimits;
import io.synchronik.worker.NodeLoss;
import io.synchronik.worker.RateLimit;
import io.synchronik.worker.WorkerConfig;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitSettingsTest {
  private static final WorkerConfig ALL =
      UnitSettings.apply(
          WorkerConfig.DEFAULT,
          Map.ofEntries(
              Map.entry("every", "90s"),
              Map.entry("mode", "fixed-delay"),
              Map.entry("initialDelay", "PT2H"),
              Map.entry("jitter", "250ms"),
              Map.entry("misfire", "catch_up"),
              Map.entry("misfireThreshold", "5s"),
              Map.entry("overlap", "Queue"),
              Map.entry("maxRetries", "3"),
              Map.entry("retryDelay", "1s"),
              Map.entry("retryFactor", "1.5"),
              Map.entry("retryMaxDelay", "1m"),
              Map.entry("retryJitter", "0.25"),
              Map.entry("onNodeLoss", "fail"),
              Map.entry("timeout", "30s"),
              Map.entry("maxRuns", "12"),
              Map.entry("concurrency", "8"),
              Map.entry("nodeConcurrency", "3"),
              Map.entry("queue", "erp"),
              Map.entry("rate", "100/PT1M"),
              Map.entry("uniqueFor", "7d")));

  @Test
  void textsAreRead() {
    assertThat(ALL.schedule())
        .isEqualTo(
            new Schedule.Every(
                Duration.ofSeconds(90),
                IntervalMode.FIXED_DELAY,
                Duration.ofHours(2),
                Duration.ofMillis(250)));
    assertThat(ALL.misfire().policy()).isEqualTo(Misfire.CATCH_UP);
    assertThat(ALL.overlap()).isEqualTo(Overlap.QUEUE);
    assertThat(ALL.uniqueFor()).isEqualTo(Duration.ofDays(7));
    assertThat(ALL.retry().factor()).isEqualTo(1.5);
    assertThat(ALL.retry().onNodeLoss()).isEqualTo(NodeLoss.FAIL);
    assertThat(ALL.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(ALL.maxRuns()).isEqualTo(12);
    assertThat(ALL.limits())
        .isEqualTo(new ItemLimits(8, 3, "erp", new RateLimit(100, Duration.ofMinutes(1))));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    WorkerConfig cron =
        UnitSettings.apply(ALL, Map.of("cron", "0 0 3 * * ?", "zone", "Europe/Oslo"));

    for (WorkerConfig config : new WorkerConfig[] {WorkerConfig.DEFAULT, ALL, cron}) {
      assertThat(UnitSettings.write(config).keySet())
          .containsExactlyElementsOf(UnitSettings.names(UnitKind.WORKER));
      assertThat(UnitSettings.apply(WorkerConfig.DEFAULT, UnitSettings.write(config)))
          .isEqualTo(config);
    }
  }

  @Test
  void whatIsAbsentStays() {
    WorkerConfig changed = UnitSettings.apply(ALL, Map.of("maxRetries", "4"));

    assertThat(changed.retry().maxRetries()).isEqualTo(4);
    assertThat(changed.retry().delay()).isEqualTo(ALL.retry().delay());
    assertThat(changed.retry().onNodeLoss()).isEqualTo(NodeLoss.FAIL);
    assertThat(changed.schedule()).isEqualTo(ALL.schedule());
  }

  @Test
  void oneKindOfScheduleTakesThePlaceOfTheOther() {
    WorkerConfig cron = UnitSettings.apply(ALL, Map.of("cron", "0 0 3 * * ?", "zone", "UTC"));
    WorkerConfig every = UnitSettings.apply(cron, Map.of("every", "1m"));

    assertThat(cron.schedule())
        .isEqualTo(new Schedule.Cron("0 0 3 * * ?", ZoneId.of("UTC"), Duration.ofMillis(250)));
    assertThat(every.schedule()).isInstanceOf(Schedule.Every.class);
  }

  @ParameterizedTest
  @CsvSource({"every, off", "every, disabled", "every, ''", "every, OFF"})
  void schedulesCanBeTakenAway(String name, String none) {
    assertThat(UnitSettings.apply(ALL, Map.of(name, none)).schedule()).isNull();
  }

  @Test
  void timeoutCanBeTakenAway() {
    assertThat(UnitSettings.apply(ALL, Map.of("timeout", "")).timeout()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "every, 5ms, every must be at least 10 ms",
    "every, soon, 'soon' is not a duration",
    "jitter, 2m, jitter",
    "initialDelay, -PT1S, initialDelay must be at least 0 ms",
    "mode, sometimes, 'sometimes' is none of",
    "misfire, panic, 'panic' is none of",
    "misfireThreshold, -PT1S, misfireThreshold",
    "overlap, maybe, 'maybe' is none of",
    "maxRetries, many, 'many' is not a number",
    "maxRetries, 1001, maxRetries must be 0 to 1000",
    "retryDelay, -PT1S, retryDelay must be not negative",
    "retryFactor, 0.9, retryFactor must be 1 to 1000",
    "retryMaxDelay, 10ms, retryMaxDelay must be not below",
    "retryJitter, 2, retryJitter must be 0 to 1",
    "timeout, 0s, timeout must be positive",
    "maxRuns, -1, maxRuns must not be negative",
    "concurrency, -1, concurrency must be 0 to 10000",
    "nodeConcurrency, 10001, nodeConcurrency must be 0 to 10000",
    "queue, a b, 'queue must be 1 to 128'",
    "rate, often, is no rate: a number",
    "rate, x/1m, is not a number",
    "rate, 0/1m, rate must be 1 to 1000000 items",
    "rate, 5/1ms, rate must be per 10 ms to 1 day",
    "zone, Nowhere, 'Nowhere' is not a time zone",
    "colour, red, has no setting 'colour'"
  })
  void wrongValueNamesItsField(String field, String text, String message) {
    assertThatThrownBy(() -> UnitSettings.apply(ALL, Map.of(field, text)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((InvalidConfigurationException) e).field())
        .isEqualTo(field);
  }

  @Test
  void bothKindsOfScheduleAtOnceAreWrong() {
    assertThatThrownBy(
            () ->
                UnitSettings.apply(
                    WorkerConfig.DEFAULT, Map.of("every", "1s", "cron", "0 0 3 * * ?")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("SYNC-0071 every and cron cannot both be set");
  }

  @Test
  void initialDelayGoesWithEveryAlone() {
    assertThatThrownBy(
            () ->
                UnitSettings.apply(
                    WorkerConfig.DEFAULT, Map.of("cron", "0 0 3 * * ?", "initialDelay", "5s")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("SYNC-0071 initialDelay goes with every alone");

    WorkerConfig every =
        UnitSettings.apply(WorkerConfig.DEFAULT, Map.of("every", "1m", "initialDelay", "5s"));
    assertThat(UnitSettings.apply(every, Map.of("cron", "0 0 3 * * ?")).schedule())
        .isInstanceOf(Schedule.Cron.class);
  }

  @Test
  void misfireThresholdIsByDefaultLeftToTheSchedule() {
    assertThat(WorkerConfig.DEFAULT.misfire().threshold()).isNull();
    WorkerConfig set = UnitSettings.apply(WorkerConfig.DEFAULT, Map.of("misfireThreshold", "2m"));
    assertThat(set.misfire().threshold()).isEqualTo(Duration.ofMinutes(2));
    assertThat(UnitSettings.apply(set, Map.of("misfireThreshold", "")).misfire())
        .isEqualTo(MisfirePolicy.DEFAULT);
    assertThat(UnitSettings.apply(WorkerConfig.DEFAULT, UnitSettings.write(WorkerConfig.DEFAULT)))
        .isEqualTo(WorkerConfig.DEFAULT);
  }

  @Test
  void keysAreThoseOfConfiguration() {
    assertThat(UnitSettings.key("maxRetries")).isEqualTo("max-retries");
    assertThat(UnitSettings.key("retryMaxDelay")).isEqualTo("retry-max-delay");
    assertThat(UnitSettings.key("every")).isEqualTo("every");
  }
}
