package io.synchronik.impl.lifecycle;

import io.synchronik.schedule.MisfirePolicy;
import java.time.Duration;
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
   * A time that is due.
   *
   * @param nominal without jitter
   * @param jitter the random delay that was added to it
   * @param mostJitter upper bound of the delays of others
   */
  public record Due(Instant nominal, Duration jitter, Duration mostJitter) {
    Duration late(Instant now) {
      return Duration.between(nominal.plus(jitter), now);
    }
  }

  /** Plans a firing of a schedule without jitter. */
  public static FirePlan of(Instant due, Instant now, MisfirePolicy policy, DueTimes times) {
    return of(new Due(due, Duration.ZERO, Duration.ZERO), now, policy, times);
  }

  /**
   * Plans a firing.
   *
   * @param due the time that is due, with its jitter not after {@code now}
   * @param now database time
   * @param policy what happens to late firings
   * @param times the schedule
   */
  public static FirePlan of(Due due, Instant now, MisfirePolicy policy, DueTimes times) {
    Instant first = due.nominal;
    if (!isLate(due, now, policy, times)) {
      return new FirePlan(List.of(first), times.after(first), 0, first);
    }
    // A time whose jitter may not be over yet is not missed
    Instant over = now.minus(due.mostJitter);
    Deque<Instant> latest = new ArrayDeque<>(List.of(first));
    int missed = 1;
    Instant next = times.after(first);
    while (next != null && !next.isAfter(over)) {
      missed++;
      latest.addLast(next);
      if (latest.size() > MisfirePolicy.MOST_CAUGHT_UP) {
        latest.removeFirst();
      }
      next = times.after(missed < MOST_COUNTED ? next : over);
    }
    List<Instant> runs =
        switch (policy.policy()) {
          case FIRE_ONCE -> List.of(latest.getLast());
          case SKIP -> List.of();
          case CATCH_UP -> new ArrayList<>(latest);
        };
    return new FirePlan(runs, next, missed, latest.getLast());
  }

  /** The least gap is looked for only where it decides. */
  private static boolean isLate(Due due, Instant now, MisfirePolicy policy, DueTimes times) {
    Duration late = due.late(now);
    if (policy.threshold() == null) {
      if (late.compareTo(MisfirePolicy.SHORTEST_DEFAULT) <= 0) {
        return false;
      }
      if (late.compareTo(MisfirePolicy.LONGEST_DEFAULT) > 0) {
        return true;
      }
      return late.compareTo(policy.thresholdFor(times.leastGap(due.nominal))) > 0;
    }
    return late.compareTo(policy.threshold()) > 0;
  }
}
