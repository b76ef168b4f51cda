package io.synchronik.impl.due;

import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The due times of schedules, without jitter; of intervals those from one that is known. */
final class Sequence {
  private final Timers timers;

  Sequence(Timers timers) {
    this.timers = timers;
  }

  /**
   * Returns the first due times at a time or later, and before another.
   *
   * @param anchor a due time before which none is told
   */
  List<Instant> from(Schedule schedule, Instant anchor, Instant from, Instant to, int most) {
    List<Instant> times = new ArrayList<>();
    Instant next = first(schedule, anchor, from);
    while (next != null && next.isBefore(to) && times.size() < most) {
      times.add(next);
      next = timers.after(schedule, next);
    }
    return times;
  }

  /** Returns the first due time at a time or later; null for none. */
  @Nullable Instant first(Schedule schedule, Instant anchor, Instant from) {
    if (!anchor.isBefore(from)) {
      return anchor;
    }
    if (schedule instanceof Schedule.Every every) {
      Duration between = Duration.between(anchor, from);
      long whole = between.dividedBy(every.interval());
      Instant before = anchor.plus(every.interval().multipliedBy(whole));
      return before.isBefore(from) ? before.plus(every.interval()) : before;
    }
    return cron(schedule, from);
  }

  /** Returns the first due time of a cron expression at a time or later; null for none. */
  @Nullable Instant cron(Schedule schedule, Instant from) {
    return timers.after(schedule, from.minusNanos(1));
  }
}
