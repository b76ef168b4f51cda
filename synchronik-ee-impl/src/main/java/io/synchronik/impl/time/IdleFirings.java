package io.synchronik.impl.time;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.unit.ScheduleStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Firings that changed nothing although their schedule stands as it was believed to: they are tried
 * again later and later, and reported once. For one thread.
 */
final class IdleFirings {
  static final Duration LONGEST = Duration.ofSeconds(1);
  private static final Logger LOG = System.getLogger(IdleFirings.class.getName());
  private static final long SHORTEST_MILLIS = 50;
  private static final int REPORTED_AFTER = 6;

  private final LongSupplier nanos;
  private final Map<String, Idle> idle = new HashMap<>();

  private record Idle(ScheduleStore.Stand stand, int times, long untilNanos) {}

  IdleFirings(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Notes a firing without effect of a schedule that stands as before; returns when to try again.
   */
  Duration again(ScheduleStore.Stand stand) {
    Idle before = idle.get(stand.unit());
    int times = before != null && before.stand.equals(stand) ? before.times + 1 : 1;
    if (times == REPORTED_AFTER) {
      LOG.log(
          Level.WARNING,
          Message.FIRING_WITHOUT_EFFECT.with(
              stand.unit(), String.valueOf(stand.nextDue()), DurationText.write(LONGEST)));
    }
    long millis = SHORTEST_MILLIS << Math.min(times - 1, 10);
    Duration wait = Duration.ofMillis(Math.min(millis, LONGEST.toMillis()));
    idle.put(stand.unit(), new Idle(stand, times, nanos.getAsLong() + wait.toNanos()));
    return wait;
  }

  /** Returns whether a schedule is not to be tried yet. */
  boolean waits(ScheduleStore.Stand stand) {
    Idle one = idle.get(stand.unit());
    return one != null && one.stand.equals(stand) && nanos.getAsLong() - one.untilNanos < 0;
  }

  /** Notes that a schedule has moved. */
  void moved(String unit) {
    idle.remove(unit);
  }
}
