package io.synchronik.impl.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.store.unit.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Firings that change nothing are tried later and later, and reported once. */
class IdleFiringsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
  private final IdleFirings idle = new IdleFirings(nanos::get);
  private final Logger logger = Logger.getLogger(IdleFirings.class.getName());
  private final List<String> told = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          told.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private static ScheduleStore.Stand stand(String unit, Instant due) {
    return new ScheduleStore.Stand(unit, 0, "every 1s", due, 0, null, 0);
  }

  @Test
  void waitsGrowUpToABoundAndOneIsReported() {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waits.add(idle.again(stand("a", NOON)).toMillis());
    }

    assertThat(waits.subList(0, 6)).containsExactly(50L, 100L, 200L, 400L, 800L, 1000L);
    assertThat(waits.subList(5, 100)).containsOnly(IdleFirings.LONGEST.toMillis());
    assertThat(told).singleElement().asString().contains("SYNC-0142", "'a'", NOON.toString());
  }

  @Test
  void scheduleIsNotTriedBeforeItsTime() {
    ScheduleStore.Stand stand = stand("a", NOON);
    assertThat(idle.waits(stand)).isFalse();

    Duration wait = idle.again(stand);

    assertThat(idle.waits(stand)).isTrue();
    assertThat(idle.waits(stand("b", NOON))).isFalse();
    assertThat(idle.waits(stand("a", NOON.plusSeconds(1)))).isFalse();
    nanos.addAndGet(wait.toNanos());
    assertThat(idle.waits(stand)).isFalse();
  }

  @Test
  void scheduleThatMovedBeginsAnew() {
    for (int i = 0; i < 5; i++) {
      idle.again(stand("a", NOON));
    }

    assertThat(idle.again(stand("a", NOON.plusSeconds(1))).toMillis()).isEqualTo(50);
    idle.moved("a");
    assertThat(idle.again(stand("a", NOON.plusSeconds(1))).toMillis()).isEqualTo(50);
    assertThat(told).isEmpty();
  }
}
