package io.synchronik.impl.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.due.Coming.Buckets;
import io.synchronik.impl.due.Coming.Counted;
import io.synchronik.impl.quartz.QuartzTimers;
import io.synchronik.impl.store.unit.ScheduleStore.Ahead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Coming starts by time. */
class ComingTest {
  private static final Instant FROM = Instant.parse("2026-11-30T00:00:00Z");
  private static final Buckets DAY = new Buckets(FROM, 3600, 24);
  private static final String FIVE = "every PT%s FIXED_RATE after PT0S jitter PT0S";

  private final QuartzTimers timers = new QuartzTimers("test", Runnable::run);

  private static Ahead cron(String expression) {
    return paused("cron %s zone UTC jitter PT0S".formatted(expression), null, null);
  }

  private static Ahead paused(String expression, @Nullable String by, @Nullable Instant until) {
    return new Ahead(expression, FROM.plusSeconds(90), by, until);
  }

  private Counted count(int most, Instant now, Ahead... all) {
    return new Coming(timers, most).count(List.of(all), now, DAY);
  }

  @Test
  void expressionsOfSeveralUnits() {
    Counted counted =
        count(1000, FROM, cron("0 0 6 * * ?"), cron("0 0 6 * * ?"), cron("0 0/30 * * * ?"));

    assertThat(counted.computedTo()).isNull();
    assertThat(counted.starts()[6]).isEqualTo(4);
    assertThat(LongStream.of(counted.starts()).sum()).isEqualTo(50);
  }

  @Test
  void intervalsAreDividedWithoutBeingComputedOneByOne() {
    Counted counted =
        count(
            0,
            FROM,
            paused(FIVE.formatted("5M"), null, null),
            paused(FIVE.formatted("1S"), null, null),
            paused(FIVE.formatted("7H"), null, null));

    assertThat(counted.starts()[0]).isEqualTo(12 + 3_510 + 1);
    assertThat(counted.starts()[1]).isEqualTo(12 + 3_600);
    assertThat(counted.starts()[7]).isEqualTo(12 + 3_600 + 1);
  }

  @Test
  void whatIsOverIsNotComing() {
    Counted counted =
        count(1000, FROM.plus(Duration.ofHours(5)).plusSeconds(1800), cron("0 0/10 * * * ?"));

    assertThat(counted.starts()[4]).isZero();
    assertThat(counted.starts()[5]).isEqualTo(3);
  }

  @Test
  void pauseHoldsBackWhatIsDueBeforeItEnds() {
    String cron = "cron 0 0 * * * ? zone UTC jitter PT0S";
    Instant until = FROM.plus(Duration.ofHours(10));

    assertThat(LongStream.of(count(1000, FROM, paused(cron, "kari", null)).starts()).sum())
        .isZero();
    assertThat(LongStream.of(count(1000, FROM, paused(cron, "kari", until)).starts()).sum())
        .isEqualTo(14);
    assertThat(
            LongStream.of(count(1000, FROM, paused(FIVE.formatted("1H"), "kari", until)).starts())
                .sum())
        .isEqualTo(14);
  }

  @Test
  void boundCutsTheEndOffForAll() {
    Ahead[] all =
        IntStream.range(0, 60).mapToObj(i -> cron(i + " * * * * ?")).toArray(Ahead[]::new);
    all[59] = paused(FIVE.formatted("1M"), null, null);

    Counted counted = count(59 * 90, FROM, all);

    assertThat(counted.computedTo()).isEqualTo(FROM.plusSeconds(90 * 60));
    assertThat(counted.starts()[0]).isEqualTo(59 * 60 + 59);
    assertThat(counted.starts()[1]).isEqualTo(59 * 30 + 30);
    assertThat(counted.starts()[2]).isZero();
  }

  @Test
  void whatAnotherVersionWroteIsLeftOut() {
    assertThat(LongStream.of(count(10, FROM, paused("moon", null, null)).starts()).sum()).isZero();
  }
}
