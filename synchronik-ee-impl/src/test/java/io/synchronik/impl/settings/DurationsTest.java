package io.synchronik.impl.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.synchronik.monitor.StatisticsQuery;
import io.synchronik.process.Process;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Schedule;
import io.synchronik.worker.RateLimit;
import io.synchronik.worker.RetryPolicy;
import io.synchronik.worker.WorkerConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Durations of any length and sign, wherever one is set. */
class DurationsTest {
  private static final Duration MOST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
  private static final Duration LEAST = Duration.ofSeconds(Long.MIN_VALUE);
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static final List<Duration> ODD =
      List.of(
          MOST,
          LEAST,
          Duration.ofNanos(-1),
          Schedule.LONGEST.plusNanos(1),
          Duration.ofMillis(Long.MAX_VALUE),
          Duration.ofMillis(Long.MAX_VALUE).plusMillis(1),
          Duration.ofDays(400_000));

  private static final List<Duration> GOOD =
      List.of(Schedule.LONGEST, Duration.ofMillis(25), Duration.ofSeconds(90), Duration.ofDays(30));

  /** All that take a duration from somebody, with the name that their errors tell. */
  private static final Map<String, Consumer<Duration>> TAKERS =
      Map.ofEntries(
          Map.entry("every", DurationsTest::interval),
          Map.entry("initialDelay", value -> every(Schedule.LONGEST, value, Duration.ZERO)),
          Map.entry("jitter of every", value -> every(Schedule.LONGEST, Duration.ZERO, value)),
          Map.entry("jitter", value -> new Schedule.Cron("0 0 0 * * ?", UTC, value)),
          Map.entry("misfireThreshold", value -> new MisfirePolicy(Misfire.SKIP, value)),
          Map.entry("retryDelay", value -> new RetryPolicy(1, value, 1, later(value, MOST), 0)),
          Map.entry("retryMaxDelay", value -> new RetryPolicy(1, Duration.ZERO, 1, value, 0)),
          Map.entry("timeout", value -> WorkerConfig.DEFAULT.toBuilder().timeout(value).build()),
          Map.entry("isolationDelay", value -> new RunOrder(RunMode.ISOLATED, 2, value)));

  private static Duration later(Duration value, Duration otherwise) {
    return GOOD.contains(value) ? value : otherwise;
  }

  private static void interval(Duration value) {
    every(value, Duration.ZERO, Duration.ZERO);
  }

  private static void every(Duration interval, Duration initialDelay, Duration jitter) {
    Schedule every = new Schedule.Every(interval, IntervalMode.FIXED_RATE, initialDelay, jitter);
    assertThat(every.jitter()).isEqualTo(jitter);
  }

  static Stream<String> takers() {
    return TAKERS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("takers")
  void whatIsOutOfRangeIsRefusedByName(String name) {
    Consumer<Duration> taker = TAKERS.get(name);

    for (Duration odd : ODD) {
      assertThatIllegalArgumentException()
          .as("%s of %s", name, odd)
          .isThrownBy(() -> taker.accept(odd))
          .withMessageStartingWith(name.substring(0, (name + " ").indexOf(' ')));
    }
  }

  @ParameterizedTest
  @MethodSource("takers")
  void whatIsInRangeIsTaken(String name) {
    for (Duration good : GOOD) {
      if (!(name.equals("jitter of every") && good.equals(Schedule.LONGEST))) {
        TAKERS.get(name).accept(good);
      }
    }
  }

  @Test
  void othersHaveRangesOfTheirOwn() {
    for (Duration odd : ODD) {
      assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(1, odd));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new StatisticsQuery(Instant.MIN, Instant.MAX, odd));
      assertThatIllegalArgumentException().isThrownBy(() -> RunOrder.isolated(odd));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StatisticsQuery(Instant.MIN, Instant.MAX, Duration.ofDays(31)));
  }

  @Test
  void partsOfMillisecondsAreDropped() {
    Duration parts = Duration.ofMillis(25).plusNanos(999_999);
    Duration whole = Duration.ofMillis(25);

    Schedule.Every every = new Schedule.Every(parts, IntervalMode.FIXED_RATE, parts, Duration.ZERO);
    assertThat(every.interval()).isEqualTo(whole);
    assertThat(every.initialDelay()).isEqualTo(whole);
    assertThat(new RetryPolicy(1, parts, 1, parts, 0))
        .isEqualTo(new RetryPolicy(1, whole, 1, whole, 0));
    assertThat(WorkerConfig.DEFAULT.toBuilder().timeout(parts).build().timeout()).isEqualTo(whole);
    assertThat(RunOrder.isolated(parts).isolationDelay()).isEqualTo(whole);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerConfig.DEFAULT.toBuilder().timeout(Duration.ofNanos(1)).build());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Schedule.Every(
                    Duration.ofMillis(10),
                    IntervalMode.FIXED_RATE,
                    Duration.ZERO,
                    Duration.ofMillis(10).plusNanos(5)));
  }

  @Test
  void delaysBeforeRetriesStayInRange() {
    RetryPolicy policy =
        new RetryPolicy(
            1000, Schedule.LONGEST, 1000, Schedule.LONGEST, 1, RetryPolicy.NONE.onNodeLoss());

    assertThat(policy.delayBefore(1001, 1)).isEqualTo(Schedule.LONGEST.multipliedBy(2));
  }

  @Test
  void anyDurationIsWrittenAndRead() {
    for (Duration odd : ODD) {
      assertThat(DurationText.parse(DurationText.write(odd))).isEqualTo(odd);
      assertThat(DurationText.most(odd)).isBetween(Duration.ZERO, Schedule.LONGEST);
    }
    for (Duration good : GOOD) {
      assertThat(DurationText.parse(DurationText.write(good))).isEqualTo(good);
      assertThat(DurationText.most(good)).isEqualTo(good);
    }
  }

  @Test
  void designsOfProcessesTakeWhatTheirPartsTake() {
    for (Duration odd : ODD) {
      assertThatIllegalArgumentException().isThrownBy(() -> Process.named("p").isolated(odd));
      assertThatIllegalArgumentException().isThrownBy(() -> Process.named("p").every(odd));
    }
  }
}
