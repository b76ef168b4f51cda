package io.synchronik.impl.engine;

import io.synchronik.impl.settings.UnitSettings;
import io.synchronik.impl.store.ScheduleStore;
import io.synchronik.schedule.Schedule;
import io.synchronik.worker.WorkerConfig;
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
final class ScheduleBook {
  private final Registry registry;
  private final Timers timers;
  private final Map<String, ScheduleStore.Stand> stands = new ConcurrentHashMap<>();

  ScheduleBook(Registry registry, Timers timers) {
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
      put(stand);
      Instant next = stand.nextDue();
      if (next != null && !next.isAfter(now)) {
        due.accept(stand.unit());
      }
    }
    for (String unit : stands.keySet()) {
      if (!seen.contains(unit)) {
        remove(unit);
      }
    }
  }

  /** Takes up one schedule and arms its timer. */
  void put(ScheduleStore.Stand stand) {
    ScheduleStore.Stand before = stands.put(stand.unit(), stand);
    Instant next = stand.nextDue();
    Schedule schedule = schedule(stand.unit());
    if (schedule == null || next == null) {
      timers.disarm(stand.unit());
    } else if (before == null
        || !next.equals(before.nextDue())
        || !stand.expression().equals(before.expression())) {
      timers.arm(stand.unit(), schedule, next);
    }
  }

  void remove(String unit) {
    stands.remove(unit);
    timers.disarm(unit);
  }

  private @Nullable Schedule schedule(String unit) {
    RegisteredWorker worker = registry.find(unit);
    if (worker == null) {
      return null;
    }
    WorkerConfig config = registry.config(worker);
    return config.schedule();
  }
}
