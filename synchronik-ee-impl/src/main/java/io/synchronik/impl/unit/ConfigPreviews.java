package io.synchronik.impl.unit;

import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.unit.UnitSettings;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.ConfigPreview;
import io.synchronik.unit.UnitConfig;
import io.synchronik.unit.UnitKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What changes of configurations would come to: checked as they are when they are made. */
public final class ConfigPreviews {
  private static final int MOST_UPCOMING = 10;

  private final Core core;
  private final Units units;
  private final Timers timers;
  private final UnitSchedules due;
  private final UnitStore store = new UnitStore();
  private final ScheduleStore schedules = new ScheduleStore();

  public ConfigPreviews(Core core, Units units, UnitSchedules due, Timers timers) {
    this.core = core;
    this.units = units;
    this.due = due;
    this.timers = timers;
  }

  /** Tells what some texts would come to. */
  public ConfigPreview preview(String id, Map<String, @Nullable String> settings) {
    return core.transactions().joined(tx -> preview(tx, id, settings));
  }

  private ConfigPreview preview(Tx tx, String id, Map<String, @Nullable String> settings) {
    String changes = store.configuration(tx.session(), id).orElseThrow(() -> Units.unknown(id));
    RegisteredUnit known = units.known(id);
    UnitConfig before = core.registry().config(known, changes);
    List<ConfigPreview.Wrong> wrong = new ArrayList<>();
    UnitConfig after =
        UnitSettings.apply(before, Units.texts(known, settings), e -> wrong.add(wrong(e)));
    try {
      units.check(known, after);
    } catch (InvalidConfigurationException e) {
      wrong.add(wrong(e));
    }
    return new ConfigPreview(
        fields(known, before, after),
        wrong,
        wrong.isEmpty() ? upcoming(tx, id, before, after) : List.of());
  }

  private static ConfigPreview.Wrong wrong(InvalidConfigurationException e) {
    return new ConfigPreview.Wrong(e.field(), String.valueOf(e.getMessage()));
  }

  private static List<ConfigPreview.Field> fields(
      RegisteredUnit known, UnitConfig before, UnitConfig after) {
    Map<String, String> byCode = UnitSettings.write(known.config());
    Map<String, String> was = UnitSettings.write(before);
    Map<String, String> is = UnitSettings.write(after);
    UnitKind kind = known instanceof RegisteredProcess ? UnitKind.PROCESS : UnitKind.WORKER;
    return UnitSettings.names(kind).stream()
        .map(
            name ->
                new ConfigPreview.Field(
                    name,
                    byCode.getOrDefault(name, ""),
                    was.getOrDefault(name, ""),
                    is.getOrDefault(name, "")))
        .toList();
  }

  /** A schedule that stays the same keeps its times. */
  private List<Instant> upcoming(Tx tx, String id, UnitConfig before, UnitConfig after) {
    Schedule schedule = after.schedule();
    if (schedule == null) {
      return List.of();
    }
    ScheduleStore.Stand stand =
        schedules.of(tx.session(), List.of(id)).stream().findFirst().orElse(null);
    Instant first =
        stand != null && stand.nextDue() != null && schedule.equals(before.schedule())
            ? stand.nextDue().minusMillis(stand.jitterMillis())
            : due.first(schedule, tx.databaseTime(), stand);
    List<Instant> upcoming = new ArrayList<>();
    if (first != null) {
      upcoming.add(first);
      upcoming.addAll(UnitSchedules.following(timers, schedule, first, MOST_UPCOMING - 1));
    }
    return upcoming;
  }
}
