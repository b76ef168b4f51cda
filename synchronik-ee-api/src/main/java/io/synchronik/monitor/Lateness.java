package io.synchronik.monitor;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How long after their due times runs of schedules began.
 *
 * @param sum of all runs
 * @param longest of one run
 * @param histogram how many runs were late by at most each of {@link #BOUNDS}, and more than the
 *     one before; the last number is of those later than all bounds
 */
public record Lateness(Duration sum, Duration longest, List<Long> histogram) {
  /** What the numbers of a histogram are about: 50 ms to one hour. */
  public static final List<Duration> BOUNDS =
      LongStream.of(
              50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 900_000,
              3_600_000)
          .mapToObj(Duration::ofMillis)
          .toList();

  /** Of no run. */
  public static final Lateness NONE =
      new Lateness(
          Duration.ZERO,
          Duration.ZERO,
          Stream.generate(() -> 0L).limit(BOUNDS.size() + 1L).toList());

  /** Throws {@link IllegalArgumentException} when the histogram has not one number per bound. */
  public Lateness {
    histogram = List.copyOf(histogram);
    if (histogram.size() != BOUNDS.size() + 1) {
      throw new IllegalArgumentException("histogram must have " + (BOUNDS.size() + 1) + " numbers");
    }
  }

  /** Returns the lateness of one run; none when it was early. */
  public static Lateness of(Duration late) {
    Duration shown = RunCounts.max(Duration.ZERO, late);
    int place = (int) BOUNDS.stream().takeWhile(bound -> shown.compareTo(bound) > 0).count();
    return new Lateness(
        shown,
        shown,
        IntStream.rangeClosed(0, BOUNDS.size()).mapToObj(i -> i == place ? 1L : 0L).toList());
  }

  /** Returns how many runs are counted. */
  public long runs() {
    return histogram.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Returns what a share of the runs was not later than: up to the next of the bounds, and not more
   * than the longest.
   *
   * @param share 0 to 1: 0.95 for all but one in twenty
   * @return zero when no run is counted
   */
  public Duration percentile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be 0 to 1, not " + share);
    }
    double wanted = share * runs();
    long passed = 0;
    for (int i = 0; i < BOUNDS.size() && wanted > 0; i++) {
      passed += histogram.get(i);
      if (passed >= wanted) {
        return BOUNDS.get(i).compareTo(longest) < 0 ? BOUNDS.get(i) : longest;
      }
    }
    return wanted > 0 ? longest : Duration.ZERO;
  }

  /** Returns both. */
  public Lateness plus(Lateness more) {
    return new Lateness(
        sum.plus(more.sum),
        RunCounts.max(longest, more.longest),
        IntStream.range(0, histogram.size())
            .mapToObj(i -> histogram.get(i) + more.histogram.get(i))
            .toList());
  }
}
