package io.synchronik.it.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAccumulator;

/** What the items of a round tell: that they run, which, and when the first and the last did. */
final class Items {
  private static final long MIB = 1024 * 1024;

  private final AtomicIntegerArray runs;
  private final AtomicInteger ran = new AtomicInteger();
  private final AtomicInteger twice = new AtomicInteger();
  private final CountDownLatch half = new CountDownLatch(1);
  private final CountDownLatch all = new CountDownLatch(1);
  private final LongAccumulator first = new LongAccumulator(Math::min, Long.MAX_VALUE);
  private final LongAccumulator last = new LongAccumulator(Math::max, Long.MIN_VALUE);
  private final Tally tally = new Tally();
  private long liveHeap;

  Items(int count) {
    runs = new AtomicIntegerArray(count);
  }

  /** The only statement of an item, or its last. */
  void ran(int item) {
    long now = System.nanoTime();
    first.accumulate(now);
    last.accumulate(now);
    tally.ran(Instant.EPOCH);
    if (runs.getAndIncrement(item) > 0) {
      twice.incrementAndGet();
      return;
    }
    int sum = ran.incrementAndGet();
    if (sum == runs.length() / 2) {
      half.countDown();
    }
    if (sum == runs.length()) {
      all.countDown();
    }
  }

  /** Waits until all items have run or the time is up; looks at the heap half way. */
  void await(Duration window) throws InterruptedException {
    long end = System.nanoTime() + window.toNanos();
    if (half.await(window.toNanos(), TimeUnit.NANOSECONDS)) {
      liveHeap = collect();
      all.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } else {
      liveHeap = collect();
    }
  }

  private static long collect() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  Tally tally() {
    return tally;
  }

  /** Returns what the heap held half way, after a full collection. */
  double liveHeapMib() {
    return liveHeap / (double) MIB;
  }

  int twice() {
    return twice.get();
  }

  double perSecond() {
    return (tally.runs() - 1) / ((last.get() - first.get()) / 1e9);
  }

  /** Returns the items that have run. */
  BitSet ran() {
    BitSet set = new BitSet();
    for (int i = 0; i < runs.length(); i++) {
      set.set(i, runs.get(i) > 0);
    }
    return set;
  }
}
