package io.synchronik.impl.time;

import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.ScheduleLine;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.impl.unit.Registry;
import io.synchronik.schedule.Schedule;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this node believes of the schedules of the units it knows, with a timer armed for each. The
 * tables decide; a wrong belief costs a statement that changes nothing, and is mended by reading.
 */
public final class ScheduleBook {
  private final Registry registry;
  private final Timers timers;
  private final Map<String, ScheduleStore.Stand> stands = new ConcurrentHashMap<>();
  private final Map<String, Armed> armed = new ConcurrentHashMap<>();

  /** Schedules as the tables have them. */
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  /** Expressions that are not what the code here says, when that was found out. */
  private final Map<String, String> others = new ConcurrentHashMap<>();

  private record Read(String expression, @Nullable Schedule schedule) {}

  private record Armed(Instant next, String expression) {}

  public ScheduleBook(Registry registry, Timers timers) {
    this.registry = registry;
    this.timers = timers;
  }

  ScheduleStore.@Nullable Stand find(String unit) {
    return stands.get(unit);
  }

  /**
   * Takes up all schedules as they stand and brings the timers in line.
   *
   * @param due told each unit that is due
   * @param changed told each unit whose schedule has become another one than its configuration here
   *     says; once, as a newer version may have defined it
   */
  void refresh(
      Collection<ScheduleStore.Stand> all,
      Instant now,
      Consumer<String> due,
      Consumer<String> changed) {
    Set<String> seen = new HashSet<>();
    for (ScheduleStore.Stand stand : all) {
      if (registry.find(stand.unit()) == null) {
        continue;
      }
      seen.add(stand.unit());
      if (differs(stand)) {
        changed.accept(stand.unit());
      }
      if (put(stand, now)) {
        due.accept(stand.unit());
      }
    }
    for (String unit : stands.keySet()) {
      if (!seen.contains(unit)) {
        remove(unit);
      }
    }
  }

  /** Takes up one schedule and arms its timer; returns whether it is due instead. */
  boolean put(ScheduleStore.Stand stand, Instant now) {
    String unit = stand.unit();
    stands.put(unit, stand);
    Instant next = stand.nextDue();
    Schedule schedule = schedule(stand);
    if (schedule == null || next == null || !next.isAfter(now)) {
      if (armed.remove(unit) != null) {
        timers.disarm(unit);
      }
      return schedule != null && next != null;
    }
    Armed timer = new Armed(next, stand.expression());
    if (!timer.equals(armed.put(unit, timer))) {
      timers.arm(unit, schedule, next);
    }
    return false;
  }

  void remove(String unit) {
    stands.remove(unit);
    read.remove(unit);
    others.remove(unit);
    if (armed.remove(unit) != null) {
      timers.disarm(unit);
    }
  }

  private boolean differs(ScheduleStore.Stand stand) {
    RegisteredUnit known = registry.find(stand.unit());
    String here = known == null ? "" : ScheduleLine.write(registry.config(known).schedule());
    if (here.equals(stand.expression())) {
      others.remove(stand.unit());
      return false;
    }
    return !stand.expression().equals(others.put(stand.unit(), stand.expression()));
  }

  /** Returns a schedule as the tables have it; null for what only another version can read. */
  @Nullable Schedule schedule(ScheduleStore.Stand stand) {
    return read.compute(
            stand.unit(),
            (unit, before) ->
                before != null && before.expression.equals(stand.expression())
                    ? before
                    : new Read(stand.expression(), ScheduleLine.read(stand.expression())))
        .schedule;
  }
}
