package io.synchronik.impl.lifecycle;

import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitMisfired;
import io.synchronik.monitor.Lateness;
import io.synchronik.monitor.RunCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one transaction tell of runs, by five minutes. Whoever writes them knows it;
 * whoever counts them would have to look up each event and its run again.
 */
public final class RunTally {
  /** Seconds that are counted together. */
  public static final int SECONDS = 300;

  private static final int STARTED = 0;
  private static final int RETRIED = 1;
  private static final int MISFIRED = 2;
  private static final int COMPLETED = 3;
  private static final int FAILED = 4;
  private static final int CANCELED = 5;
  private static final int SKIPPED = 6;
  private static final int DURATION_SUM = 7;
  private static final int DURATION_MAX = 8;
  private static final int LATE_SUM = 9;
  private static final int LATE_MAX = 10;

  /** From here on the histogram. */
  private static final int LATE = 11;

  private static final int NUMBERS = LATE + Lateness.BOUNDS.size() + 1;
  private static final long[] BOUNDS_MICROS =
      Lateness.BOUNDS.stream().mapToLong(RunTally::micros).toArray();

  private final Map<Long, long[]> sums = new TreeMap<>();

  /**
   * Counts an event.
   *
   * @param measured of a start how late it is, when a schedule began the run; of a failure how long
   *     the run took
   */
  public void add(SynchronikEvent event, @Nullable Duration measured) {
    switch (event.type()) {
      case START -> {
        long[] sum = count(event, STARTED, 1);
        if (measured != null) {
          late(sum, micros(measured));
        }
      }
      case RETRY -> count(event, RETRIED, 1);
      case MISFIRE ->
          count(event, MISFIRED, event instanceof UnitMisfired missed ? missed.missed() : 1);
      case COMPLETE ->
          took(
              count(event, COMPLETED, 1),
              event instanceof UnitCompleted completed ? completed.duration() : null);
      case ERROR -> took(count(event, FAILED, 1), measured);
      case CANCEL -> count(event, CANCELED, 1);
      case SKIP -> count(event, SKIPPED, 1);
      default -> {}
    }
  }

  private long[] count(SynchronikEvent event, int what, long more) {
    long second = event.origin().at().getEpochSecond();
    long[] sum = sums.computeIfAbsent(second - second % SECONDS, begin -> new long[NUMBERS]);
    sum[what] += more;
    return sum;
  }

  private static void late(long[] sum, long micros) {
    long late = Math.max(0, micros);
    sum[LATE_SUM] += late;
    sum[LATE_MAX] = Math.max(sum[LATE_MAX], late);
    int place = 0;
    while (place < BOUNDS_MICROS.length && late > BOUNDS_MICROS[place]) {
      place++;
    }
    sum[LATE + place]++;
  }

  private static void took(long[] sum, @Nullable Duration measured) {
    long micros = measured == null ? 0 : Math.max(0, micros(measured));
    sum[DURATION_SUM] += micros;
    sum[DURATION_MAX] = Math.max(sum[DURATION_MAX], micros);
  }

  private static long micros(Duration duration) {
    return duration.getSeconds() * 1_000_000 + duration.getNano() / 1000;
  }

  /** Returns all in one text; empty when there is nothing that counts. */
  public String text() {
    return sums.entrySet().stream()
        .map(
            sum ->
                sum.getKey()
                    + ":"
                    + LongStream.of(sum.getValue())
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(",")))
        .collect(Collectors.joining(";"));
  }

  /**
   * Returns what a text tells, by the begins of the five minutes. A later version may have more
   * bounds, or fewer: the last number takes what is beyond.
   */
  public static Map<Instant, RunCounts> read(String text) {
    Map<Instant, RunCounts> counts = new TreeMap<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(";", -1)) {
      int at = part.indexOf(':');
      long begin = Long.parseLong(part.substring(0, at));
      counts.put(Instant.ofEpochSecond(begin), counts(part.substring(at + 1).split(",", -1)));
    }
    return counts;
  }

  private static RunCounts counts(String[] texts) {
    long[] sum = new long[NUMBERS];
    for (int i = 0; i < texts.length; i++) {
      sum[Math.min(i, NUMBERS - 1)] += Long.parseLong(texts[i]);
    }
    List<Long> histogram = new ArrayList<>(Collections.nCopies(NUMBERS - LATE, 0L));
    for (int i = LATE; i < NUMBERS; i++) {
      histogram.set(i - LATE, sum[i]);
    }
    return new RunCounts(
        sum[STARTED],
        sum[RETRIED],
        sum[MISFIRED],
        new RunCounts.Ends(sum[COMPLETED], sum[FAILED], sum[CANCELED], sum[SKIPPED]),
        new RunCounts.Durations(duration(sum[DURATION_SUM]), duration(sum[DURATION_MAX])),
        new Lateness(duration(sum[LATE_SUM]), duration(sum[LATE_MAX]), histogram));
  }

  private static Duration duration(long micros) {
    return Duration.ofSeconds(micros / 1_000_000, micros % 1_000_000 * 1000);
  }
}
