package io.synchronik.impl.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

  @Test
  void timeIsTheDatabasesAndGoesOn() {
    DatabaseClock clock = new DatabaseClock();
    Instant noon = Instant.parse("2001-02-03T12:00:00.123456Z");
    long before = System.nanoTime();

    clock.sample(noon);
    Instant first = clock.instant();
    Instant second = clock.instant();
    long nanos = System.nanoTime() - before;

    assertThat(first).isAfterOrEqualTo(noon.truncatedTo(ChronoUnit.MILLIS));
    assertThat(second).isAfterOrEqualTo(first).isBeforeOrEqualTo(noon.plusNanos(nanos));
    assertThat(first).isEqualTo(first.truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void laterSampleTakesThePlaceOfTheEarlier() {
    DatabaseClock clock = new DatabaseClock();
    clock.sample(Instant.parse("2031-01-01T00:00:00Z"));

    clock.sample(Instant.parse("2001-01-01T00:00:00Z"));

    assertThat(clock.instant()).isBefore(Instant.parse("2001-01-01T01:00:00Z"));
  }
}
