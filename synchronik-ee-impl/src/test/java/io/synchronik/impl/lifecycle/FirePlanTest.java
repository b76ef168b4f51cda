package io.synchronik.impl.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.MisfirePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirePlanTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final DueTimes EACH_MINUTE = time -> time.plus(MINUTE);

  private static FirePlan plan(Instant now, Misfire policy, Duration threshold) {
    return FirePlan.of(NOON, now, new MisfirePolicy(policy, threshold), EACH_MINUTE);
  }

  @Test
  void onTimeOneRunAndTheNextTime() {
    assertThat(plan(NOON, Misfire.SKIP, Duration.ZERO))
        .isEqualTo(new FirePlan(List.of(NOON), NOON.plus(MINUTE), 0, NOON));
  }

  @Test
  void withinTheThresholdItIsOnTimeAndTheNextMayBeDueAlready() {
    FirePlan plan = plan(NOON.plusSeconds(90), Misfire.SKIP, Duration.ofSeconds(90));

    assertThat(plan.runs()).containsExactly(NOON);
    assertThat(plan.missed()).isZero();
    assertThat(plan.next()).isEqualTo(NOON.plus(MINUTE));
  }

  @Test
  void aMillisecondMoreIsAMisfire() {
    FirePlan plan = plan(NOON.plusMillis(90_001), Misfire.SKIP, Duration.ofSeconds(90));

    assertThat(plan.runs()).isEmpty();
    assertThat(plan.missed()).isEqualTo(2);
    assertThat(plan.lastDue()).isEqualTo(NOON.plus(MINUTE));
    assertThat(plan.next()).isEqualTo(NOON.plus(MINUTE.multipliedBy(2)));
  }

  @Test
  void fireOnceTakesTheLatest() {
    FirePlan plan = plan(NOON.plus(Duration.ofSeconds(190)), Misfire.FIRE_ONCE, Duration.ZERO);

    assertThat(plan.runs()).containsExactly(NOON.plus(MINUTE.multipliedBy(3)));
    assertThat(plan.missed()).isEqualTo(4);
    assertThat(plan.next()).isEqualTo(NOON.plus(MINUTE.multipliedBy(4)));
  }

  @Test
  void catchUpTakesAllInOrder() {
    FirePlan plan = plan(NOON.plus(MINUTE.multipliedBy(2)), Misfire.CATCH_UP, Duration.ZERO);

    assertThat(plan.runs())
        .containsExactly(NOON, NOON.plus(MINUTE), NOON.plus(MINUTE.multipliedBy(2)));
    assertThat(plan.next()).isEqualTo(NOON.plus(MINUTE.multipliedBy(3)));
  }

  @Test
  void catchUpTakesTheLatestHundred() {
    FirePlan plan = plan(NOON.plus(MINUTE.multipliedBy(149)), Misfire.CATCH_UP, Duration.ZERO);

    assertThat(plan.missed()).isEqualTo(150);
    assertThat(plan.runs()).hasSize(MisfirePolicy.MOST_CAUGHT_UP);
    assertThat(plan.runs().get(0)).isEqualTo(NOON.plus(MINUTE.multipliedBy(50)));
    assertThat(plan.runs().get(99)).isEqualTo(NOON.plus(MINUTE.multipliedBy(149)));
  }

  @Test
  void latenessCountsFromTheTimeWithJitter() {
    FirePlan.Due due = new FirePlan.Due(NOON, Duration.ofSeconds(50), Duration.ofSeconds(55));
    MisfirePolicy skip = new MisfirePolicy(Misfire.SKIP, Duration.ofSeconds(1));

    FirePlan onTime = FirePlan.of(due, NOON.plusSeconds(51), skip, EACH_MINUTE);
    FirePlan late = FirePlan.of(due, NOON.plusMillis(51_001), skip, EACH_MINUTE);

    assertThat(onTime).isEqualTo(new FirePlan(List.of(NOON), NOON.plus(MINUTE), 0, NOON));
    assertThat(late).isEqualTo(new FirePlan(List.of(), NOON.plus(MINUTE), 1, NOON));
  }

  @Test
  void timeWhoseJitterMayStillRunIsNotMissed() {
    FirePlan.Due due = new FirePlan.Due(NOON, Duration.ofSeconds(50), Duration.ofSeconds(55));
    MisfirePolicy skip = new MisfirePolicy(Misfire.SKIP, Duration.ofSeconds(1));

    assertThat(FirePlan.of(due, NOON.plusSeconds(114), skip, EACH_MINUTE))
        .isEqualTo(new FirePlan(List.of(), NOON.plus(MINUTE), 1, NOON));
    assertThat(FirePlan.of(due, NOON.plusSeconds(115), skip, EACH_MINUTE))
        .isEqualTo(
            new FirePlan(List.of(), NOON.plus(MINUTE.multipliedBy(2)), 2, NOON.plus(MINUTE)));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.01S, PT1S",
    "PT1S, PT1S",
    "PT7.5S, PT7.5S",
    "PT60S, PT60S",
    "PT1H, PT60S",
  })
  void thresholdIsByDefaultWhatTheScheduleGives(Duration interval, Duration threshold) {
    MisfirePolicy skip = new MisfirePolicy(Misfire.SKIP, null);
    Instant latest = NOON.plus(threshold);

    assertThat(FirePlan.of(NOON, latest, skip, time -> time.plus(interval)).runs())
        .containsExactly(NOON);
    assertThat(FirePlan.of(NOON, latest.plusMillis(1), skip, time -> time.plus(interval)).missed())
        .isPositive();
  }

  @Test
  void thresholdOfUnevenTimesIsTheirLeastGap() {
    MisfirePolicy skip = new MisfirePolicy(Misfire.SKIP, null);
    DueTimes uneven =
        time -> time.plusSeconds(time.getEpochSecond() % 60 == 20 ? 40 : 20); // :00 :20 :00

    assertThat(FirePlan.of(NOON, NOON.plusSeconds(20), skip, uneven).missed()).isZero();
    assertThat(FirePlan.of(NOON, NOON.plusSeconds(21), skip, uneven).missed()).isEqualTo(2);
    assertThat(FirePlan.of(NOON, NOON.plusSeconds(60), skip, time -> null).missed()).isZero();
  }

  @Test
  void countingIsBounded() {
    AtomicInteger asked = new AtomicInteger();
    Instant now = NOON.plus(Duration.ofDays(365));

    FirePlan plan =
        FirePlan.of(
            NOON,
            now,
            MisfirePolicy.DEFAULT,
            time -> {
              asked.incrementAndGet();
              return time.plusMillis(10);
            });

    assertThat(plan.missed()).isEqualTo(FirePlan.MOST_COUNTED);
    assertThat(asked).hasValue(FirePlan.MOST_COUNTED);
    assertThat(plan.next()).isAfter(now);
    assertThat(plan.runs()).hasSize(1);
  }

  @Test
  void scheduleThatEndsHasNoNextTime() {
    FirePlan last = FirePlan.of(NOON, NOON, MisfirePolicy.DEFAULT, time -> null);
    FirePlan late =
        FirePlan.of(NOON, NOON.plus(Duration.ofDays(1)), MisfirePolicy.DEFAULT, time -> null);

    assertThat(last.next()).isNull();
    assertThat(last.runs()).containsExactly(NOON);
    assertThat(late.next()).isNull();
    assertThat(late.missed()).isEqualTo(1);
    assertThat(late.runs()).containsExactly(NOON);
  }
}
