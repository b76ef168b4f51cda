package io.synchronik.it.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What the workers tell: that they run, and how late. */
final class Tally {
  private final LongAdder runs = new LongAdder();
  private final Queue<Long> delaysMicros = new ConcurrentLinkedQueue<>();
  private volatile boolean timing;

  /** A worker's first and only statement. */
  void ran(Instant scheduledAt) {
    if (timing) {
      delaysMicros.add(ChronoUnit.MICROS.between(scheduledAt, Instant.now()));
    }
    runs.increment();
  }

  /** Returns how many workers ran. */
  long runs() {
    return runs.sum();
  }

  /** Begins to keep delays. */
  void time() {
    timing = true;
  }

  /** Returns the delay that a share of those kept does not exceed. */
  Duration delay(double share) {
    long[] sorted = delaysMicros.stream().mapToLong(Long::longValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalStateException("Nothing ran while delays were kept");
    }
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return Duration.of(sorted[Math.max(0, index)], ChronoUnit.MICROS);
  }
}
