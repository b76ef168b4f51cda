package io.synchronik.impl.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.worker.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateWindowTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void allIsFreeAtFirst() {
    RateWindow window = RateWindow.of(new RateLimit(7, Duration.ofSeconds(1)), "", START);

    assertThat(window.free()).isEqualTo(7);
    assertThat(window.nextFree()).isNull();
    assertThat(window.toString()).isEmpty();
  }

  @Test
  void whatIsTakenComesBackAfterThePeriod() {
    RateLimit rate = new RateLimit(7, Duration.ofSeconds(1));
    RateWindow window = RateWindow.of(rate, "", START);
    window.take(5, START);
    Instant next = Objects.requireNonNull(window.nextFree());

    assertThat(window.free()).isEqualTo(2);
    assertThat(next).isBetween(START.plusMillis(1001), START.plusMillis(1010));
    assertThat(RateWindow.of(rate, window.toString(), next.minusMillis(1)).free()).isEqualTo(2);
    assertThat(RateWindow.of(rate, window.toString(), next).free()).isEqualTo(7);
  }

  @Test
  void lowerRateThanTakenHasNothingFree() {
    RateWindow window = RateWindow.of(new RateLimit(7, Duration.ofSeconds(1)), "", START);
    window.take(5, START);

    assertThat(
            RateWindow.of(new RateLimit(3, Duration.ofSeconds(1)), window.toString(), START).free())
        .isZero();
  }

  /** What was written for one rate is read for another; its column has 2,500 characters. */
  @Test
  void staysShortWhileTheRateChanges() {
    Random random = new Random(7);
    String text = "";
    Instant now = START;
    for (int change = 0; change < 200; change++) {
      RateLimit rate = new RateLimit(1_000_000, Duration.ofMillis(10 + random.nextInt(86_000_000)));
      for (int i = 0; i < 120; i++) {
        RateWindow window = RateWindow.of(rate, text, now);
        int before = window.free();
        window.take(7, now);
        assertThat(window.free()).isEqualTo(Math.max(0, before - 7));
        text = window.toString();
        assertThat(text.length()).isLessThanOrEqualTo(2500);
        now = now.plusMillis(random.nextLong(rate.period().toMillis() / 100 + 2));
      }
    }
  }

  @Test
  void whatWasTakenCountsNoLongerThanTheNewPeriod() {
    RateWindow before = RateWindow.of(new RateLimit(7, Duration.ofDays(1)), "", START);
    before.take(7, START);
    RateLimit rate = new RateLimit(7, Duration.ofSeconds(1));

    RateWindow after = RateWindow.of(rate, before.toString(), START);

    assertThat(after.free()).isZero();
    assertThat(after.nextFree()).isBetween(START.plusMillis(1000), START.plusMillis(1010));
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "5, 199", "100, 1000", "1000000, 86400000", "40, 60000"})
  void neverMoreThanAllowedInAnyPeriod(int count, long millis) {
    RateLimit rate = new RateLimit(count, Duration.ofMillis(millis));
    Random random = new Random(count + millis);
    List<Instant> times = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    String text = "";
    Instant now = START;
    for (int i = 0; i < 2000; i++) {
      now = now.plusMillis((long) (random.nextDouble() * millis / 20));
      RateWindow window = RateWindow.of(rate, text, now);
      int take = random.nextInt(window.free() + 1);
      window.take(take, now);
      text = window.toString();
      times.add(now);
      taken.add(take);
      assertThat(text.length()).isLessThanOrEqualTo(2500);
      Instant from = now.minusMillis(millis);
      int inPeriod = 0;
      for (int j = i; j >= 0 && times.get(j).isAfter(from); j--) {
        inPeriod += taken.get(j);
      }
      assertThat(inPeriod).isLessThanOrEqualTo(count);
    }
    assertThat(taken).anyMatch(take -> take > 0);
  }
}
