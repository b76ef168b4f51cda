package io.synchronik.impl.settings.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.process.FailurePolicy;
import io.synchronik.process.ProcessConfig;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitKind;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessSettingsTest {
  private static final ProcessConfig ALL =
      UnitSettings.apply(
          ProcessConfig.DEFAULT,
          Map.ofEntries(
              Map.entry("every", "90s"),
              Map.entry("intervalMode", "fixed-delay"),
              Map.entry("initialDelay", "PT2H"),
              Map.entry("jitter", "250ms"),
              Map.entry("misfire", "catch_up"),
              Map.entry("misfireThreshold", "5s"),
              Map.entry("overlap", "Queue"),
              Map.entry("mode", "batched"),
              Map.entry("batchSize", "4"),
              Map.entry("isolationDelay", "1s"),
              Map.entry("failurePolicy", "tolerate"),
              Map.entry("maxRuns", "12")));

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
    assertThat(ALL.order()).isEqualTo(new RunOrder(RunMode.BATCHED, 4, Duration.ofSeconds(1)));
    assertThat(ALL.failurePolicy()).isEqualTo(FailurePolicy.TOLERATE);
    assertThat(ALL.maxRuns()).isEqualTo(12);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    ProcessConfig cron =
        UnitSettings.apply(ALL, Map.of("cron", "0 0 3 * * ?", "zone", "Europe/Oslo"));

    for (ProcessConfig config : new ProcessConfig[] {ProcessConfig.DEFAULT, ALL, cron}) {
      assertThat(UnitSettings.write(config).keySet())
          .containsExactlyElementsOf(UnitSettings.names(UnitKind.PROCESS));
      assertThat(UnitSettings.apply(ProcessConfig.DEFAULT, UnitSettings.write(config)))
          .isEqualTo(config);
    }
  }

  @Test
  void whatIsAbsentStays() {
    ProcessConfig changed = UnitSettings.apply(ALL, Map.of("batchSize", "5"));

    assertThat(changed.order()).isEqualTo(new RunOrder(RunMode.BATCHED, 5, Duration.ofSeconds(1)));
    assertThat(changed.schedule()).isEqualTo(ALL.schedule());
    assertThat(changed.failurePolicy()).isEqualTo(FailurePolicy.TOLERATE);
  }

  @Test
  void oneKindOfScheduleTakesThePlaceOfTheOther() {
    ProcessConfig cron = UnitSettings.apply(ALL, Map.of("cron", "0 0 3 * * ?", "zone", "UTC"));
    ProcessConfig every = UnitSettings.apply(cron, Map.of("every", "1m"));

    assertThat(cron.schedule())
        .isEqualTo(new Schedule.Cron("0 0 3 * * ?", ZoneId.of("UTC"), Duration.ofMillis(250)));
    assertThat(every.schedule()).isInstanceOf(Schedule.Every.class);
    assertThat(UnitSettings.apply(cron, Map.of("cron", "off")).schedule()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "SEQUENTIAL, STOP, parallel, CONTINUE",
    "PARALLEL, CONTINUE, isolated, STOP",
    "PARALLEL, CONTINUE, graph, CONTINUE",
    "SEQUENTIAL, CONTINUE, parallel, CONTINUE",
    "PARALLEL, STOP, sequential, STOP",
    "SEQUENTIAL, TOLERATE, batched, TOLERATE"
  })
  void onlyADefaultFailurePolicyFollowsTheMode(
      RunMode mode, FailurePolicy policy, String changed, FailurePolicy expected) {
    ProcessConfig base =
        ProcessConfig.DEFAULT.toBuilder().order(RunOrder.of(mode)).failurePolicy(policy).build();

    assertThat(UnitSettings.apply(base, Map.of("mode", changed)).failurePolicy())
        .isEqualTo(expected);
    assertThat(
            UnitSettings.apply(base, Map.of("mode", changed, "failurePolicy", "")).failurePolicy())
        .isEqualTo(expected);
    assertThat(
            UnitSettings.apply(base, Map.of("mode", changed, "failurePolicy", "stop"))
                .failurePolicy())
        .isEqualTo(FailurePolicy.STOP);
    assertThat(UnitSettings.apply(base, Map.of("maxRuns", "1")).failurePolicy()).isEqualTo(policy);
  }

  @ParameterizedTest
  @CsvSource({
    "every, 5ms, every must be at least 10 ms",
    "intervalMode, parallel, 'parallel' is none of",
    "jitter, 2m, jitter",
    "misfireThreshold, -PT1S, misfireThreshold",
    "mode, fixed-rate, 'fixed-rate' is none of",
    "batchSize, 0, batchSize must be at least 1",
    "batchSize, two, 'two' is not a number",
    "isolationDelay, -PT1S, isolationDelay must not be negative",
    "failurePolicy, ignore, 'ignore' is none of",
    "maxRuns, -1, maxRuns must not be negative",
    "zone, Nowhere, 'Nowhere' is not a time zone",
    "maxRetries, 3, A process has no setting 'maxRetries'"
  })
  void wrongValueNamesItsField(String field, String text, String message) {
    assertThatThrownBy(() -> UnitSettings.apply(ALL, Map.of(field, text)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((InvalidConfigurationException) e).field())
        .isEqualTo(field);
  }

  @Test
  void keysAreThoseOfConfiguration() {
    assertThat(UnitSettings.names(UnitKind.PROCESS).stream().map(UnitSettings::key))
        .contains("interval-mode", "batch-size", "isolation-delay", "failure-policy");
  }
}
