package io.synchronik.impl.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

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
    assertThat(clock.database()).isBefore(Instant.parse("2001-01-01T01:00:00Z"));
    clock.sample(Instant.parse("2041-01-01T00:00:00Z"));
    assertThat(clock.database()).isAfterOrEqualTo(Instant.parse("2041-01-01T00:00:00Z"));
    assertThat(clock.instant()).isAfterOrEqualTo(Instant.parse("2041-01-01T00:00:00Z"));
  }

  @Test
  void timeThatIsToldNeverGoesBackAndGoesOn() throws Exception {
    DatabaseClock clock = new DatabaseClock();
    clock.sample(NOON);
    Instant before = clock.instant();

    clock.sample(NOON.minusSeconds(3600));
    Instant after = clock.instant();

    assertThat(after).isAfterOrEqualTo(before);
    assertThat(clock.database()).isBefore(NOON.minusSeconds(3000));
    awaitUntil(() -> clock.instant().isAfter(after));
  }

  @Test
  void smallLeadIsMadeUp() throws Exception {
    DatabaseClock clock = new DatabaseClock();
    clock.sample(NOON);

    long began = System.nanoTime();
    clock.sample(NOON.minusMillis(20));

    assertThat(clock.database()).isAfterOrEqualTo(NOON);
    awaitUntil(
        () -> !clock.instant().isAfter(NOON.minusMillis(20).plusNanos(System.nanoTime() - began)));
  }

  @Test
  void timeNeverGoesBackForAnyThread() throws Exception {
    DatabaseClock clock = new DatabaseClock();
    clock.sample(NOON);
    AtomicReference<Instant> latest = new AtomicReference<>(clock.instant());
    AtomicBoolean backwards = new AtomicBoolean();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread reader =
          new Thread(
              () -> {
                for (int n = 0; n < 20_000; n++) {
                  Instant told = latest.get();
                  Instant now = clock.instant();
                  if (now.isBefore(told)) {
                    backwards.set(true);
                  }
                  latest.accumulateAndGet(now, (one, other) -> one.isAfter(other) ? one : other);
                }
              });
      reader.start();
      readers.add(reader);
    }
    Random random = new Random(1);
    for (int n = 0; n < 2_000; n++) {
      clock.sample(NOON.plusMillis(random.nextInt(-500, 500)));
    }
    for (Thread reader : readers) {
      reader.join();
    }

    assertThat(backwards).isFalse();
  }

  @Test
  void offsetOfThisMachineIsTold() {
    DatabaseClock clock = new DatabaseClock();
    assertThat(clock.offset()).isZero();

    clock.sample(Instant.now().minusSeconds(100));

    assertThat(clock.offset()).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(160));
  }

  private static void awaitUntil(BooleanSupplier condition) {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - began).isLessThan(Duration.ofSeconds(60).toNanos());
      Thread.onSpinWait();
    }
  }

  @Test
  void clockThatIsFarFromTheDatabasesIsToldOnce() {
    List<String> told = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord one) {
            if (one.getMessage().contains("SYNC-0228")) {
              told.add(one.getMessage());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger log = Logger.getLogger(DatabaseClock.class.getName());
    log.addHandler(handler);
    try {
      DatabaseClock own = new DatabaseClock();
      own.sample(Instant.now().minusSeconds(60));
      assertThat(told).isEmpty();
      own.sample(Instant.now().minusSeconds(60));
      own.sample(Instant.now().minusSeconds(60));
      assertThat(told).singleElement().asString().contains("ahead of");
      own.sample(Instant.now());
      own.sample(Instant.now().plusSeconds(60));
      own.sample(Instant.now().plusSeconds(60));
      assertThat(told).hasSize(2).last().asString().contains("behind");
    } finally {
      log.removeHandler(handler);
    }
  }
}
