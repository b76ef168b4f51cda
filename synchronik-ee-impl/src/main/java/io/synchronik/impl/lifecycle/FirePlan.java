package io.synchronik.impl.lifecycle;

import io.synchronik.schedule.MisfirePolicy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a firing does.
 *
 * @param runs scheduled times that get a run, oldest first
 * @param next the next due time without jitter, null when there is none
 * @param missed how many due times were missed; 0 when the firing is on time
 * @param lastDue the latest due time that is dealt with
 */
public record FirePlan(List<Instant> runs, @Nullable Instant next, int missed, Instant lastDue) {
  /** More missed times than this are not counted one by one. */
  static final int MOST_COUNTED = 10_000;

  public FirePlan {
    runs = List.copyOf(runs);
  }

  /**
   * Plans a firing.
   *
   * @param due the time that is due, not after {@code now}
   * @param now database time
   * @param policy what happens to late firings
   * @param times the schedule
   */
  public static FirePlan of(Instant due, Instant now, MisfirePolicy policy, DueTimes times) {
    if (!due.plus(policy.threshold()).isBefore(now)) {
      return new FirePlan(List.of(due), times.after(due), 0, due);
    }
    Deque<Instant> latest = new ArrayDeque<>();
    int missed = 0;
    Instant next = due;
    while (next != null && !next.isAfter(now)) {
      missed++;
      latest.addLast(next);
      if (latest.size() > MisfirePolicy.MOST_CAUGHT_UP) {
        latest.removeFirst();
      }
      next = missed < MOST_COUNTED ? times.after(next) : times.after(now);
    }
    List<Instant> runs =
        switch (policy.policy()) {
          case FIRE_ONCE -> List.of(latest.getLast());
          case SKIP -> List.of();
          case CATCH_UP -> new ArrayList<>(latest);
        };
    return new FirePlan(runs, next, missed, latest.getLast());
  }
}
