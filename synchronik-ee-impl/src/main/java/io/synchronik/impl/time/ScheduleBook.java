package io.synchronik.impl.time;

import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.UnitSettings;
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
   * @param changed told each unit whose schedule is not what its configuration here says
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
      Schedule schedule = schedule(stand.unit());
      if (schedule == null || !UnitSettings.line(schedule).equals(stand.expression())) {
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
    Schedule schedule = schedule(unit);
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
    if (armed.remove(unit) != null) {
      timers.disarm(unit);
    }
  }

  private @Nullable Schedule schedule(String unit) {
    RegisteredUnit known = registry.find(unit);
    return known == null ? null : registry.config(known).schedule();
  }
}
