package io.synchronik.impl.due;

import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.ScheduleLine;
import io.synchronik.impl.store.unit.ScheduleStore.Ahead;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * How many starts schedules will make in which interval. Units with the same expression are
 * computed once, intervals are divided; what is left is computed in the order of time, so that a
 * bound cuts the end off.
 */
public final class Coming {
  private static final long MICROS = 1_000_000;

  private final Timers timers;
  private final int most;

  /**
   * Creates it.
   *
   * @param most so many times of expressions are computed
   */
  public Coming(Timers timers, int most) {
    this.timers = timers;
    this.most = most;
  }

  /**
   * Intervals that follow one another.
   *
   * @param from begin of the first one
   * @param seconds length of each
   * @param count how many
   */
  public record Buckets(Instant from, long seconds, int count) {
    Instant to() {
      return from.plusSeconds(seconds * count);
    }

    int of(Instant time) {
      return (int) Math.floorDiv(time.getEpochSecond() - from.getEpochSecond(), seconds);
    }
  }

  /**
   * What was counted.
   *
   * @param starts of each interval
   * @param computedTo what is behind it is not counted; null when all is
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers, read at once by who has asked
  public record Counted(long[] starts, @Nullable Instant computedTo) {}

  private record Same(Schedule.Cron cron, Instant from) {}

  private record Turn(Instant at, Same same, long units) {}

  /** Counts starts at a time or later. */
  public Counted count(Collection<Ahead> all, Instant from, Buckets buckets) {
    long[] starts = new long[buckets.count];
    Instant begin = buckets.from.isBefore(from) ? from : buckets.from;
    Map<Same, Long> crons = new HashMap<>();
    List<Ahead> intervals = new ArrayList<>();
    Map<String, @Nullable Schedule> read = new HashMap<>();
    for (Ahead ahead : all) {
      Instant first = first(ahead, begin);
      Schedule schedule = read.computeIfAbsent(ahead.expression(), ScheduleLine::read);
      if (first != null && ahead.nextDue() != null && schedule instanceof Schedule.Cron cron) {
        crons.merge(new Same(cron, first), 1L, Long::sum);
      } else if (first != null
          && schedule instanceof Schedule.Every every
          && goesOn(ahead, every)) {
        intervals.add(ahead);
      }
    }
    Instant to = expressions(crons, buckets, starts);
    Instant end = to == null ? buckets.to() : to;
    for (Ahead ahead : intervals) {
      if (read.get(ahead.expression()) instanceof Schedule.Every every) {
        interval(ahead, every, from, begin, end, buckets, starts);
      }
    }
    return new Counted(starts, to);
  }

  /** What counts from the end of a run that is in progress has no due time yet. */
  private static boolean goesOn(Ahead ahead, Schedule.Every every) {
    return ahead.nextDue() != null || every.mode() == IntervalMode.FIXED_DELAY;
  }

  /** A pause holds back what is due before it ends. */
  private static @Nullable Instant first(Ahead ahead, Instant begin) {
    if (ahead.pausedBy() == null) {
      return begin;
    }
    Instant until = ahead.pausedUntil();
    return until == null || until.isAfter(begin) ? until : begin;
  }

  private @Nullable Instant expressions(Map<Same, Long> crons, Buckets buckets, long[] starts) {
    PriorityQueue<Turn> turns = new PriorityQueue<>(Comparator.comparing(Turn::at));
    Instant to = buckets.to();
    crons.forEach((same, units) -> add(turns, same, same.from.minusNanos(1), units, to));
    int computed = 0;
    while (!turns.isEmpty()) {
      Turn turn = turns.remove();
      if (computed++ == most) {
        return turn.at;
      }
      starts[buckets.of(turn.at)] += turn.units;
      add(turns, turn.same, turn.at, turn.units, to);
    }
    return null;
  }

  private void add(PriorityQueue<Turn> turns, Same same, Instant after, long units, Instant to) {
    Instant next = timers.after(same.cron, after);
    if (next != null && next.isBefore(to)) {
      turns.add(new Turn(next, same, units));
    }
  }

  /** Also where a start counts from the end of the run before: as if runs took no time. */
  private static void interval(
      Ahead ahead,
      Schedule.Every every,
      Instant now,
      Instant begin,
      Instant end,
      Buckets buckets,
      long[] starts) {
    Instant first = first(ahead, begin);
    if (first == null || starts.length == 0) {
      return;
    }
    long step = Math.max(1, every.interval().toMillis() * 1000);
    long at = micros(first);
    Instant due = ahead.nextDue();
    long anchor = due == null ? micros(now) + step : micros(due);
    long next = anchor >= at ? anchor : anchor + ceil(at - anchor, step) * step;
    long to = micros(end);
    while (next < to) {
      int bucket = buckets.of(instant(next));
      long bucketEnd =
          Math.min(to, micros(buckets.from.plusSeconds(buckets.seconds * (bucket + 1L))));
      long here = ceil(bucketEnd - next, step);
      starts[bucket] += here;
      next += here * step;
    }
  }

  private static long ceil(long length, long step) {
    return -Math.floorDiv(-length, step);
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * MICROS + time.getNano() / 1000;
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS));
  }
}
