package io.synchronik.impl.engine;

import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.UnitSettings;
import io.synchronik.impl.store.NodeStore;
import io.synchronik.impl.store.Retention;
import io.synchronik.impl.store.RunRows;
import io.synchronik.impl.store.ScheduleStore;
import io.synchronik.impl.store.UnitEntity;
import io.synchronik.impl.store.UnitRows;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.run.WrongStateException;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.WorkerConfig;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Definitions and what people set of units. Locks a unit's schedules, then the unit. */
final class Units {
  private final Core core;
  private final Timers timers;
  private final Milestones milestones;
  private final Json json;
  private final Consumer<String> changed;
  private final RunRows runs;
  private final UnitRows rows = new UnitRows();
  private final ScheduleStore schedules = new ScheduleStore();
  private final NodeStore nodes = new NodeStore();
  private final Retention retention = new Retention();

  Units(Core core, Timers timers, Milestones milestones, Json json, Consumer<String> changed) {
    this.core = core;
    this.timers = timers;
    this.milestones = milestones;
    this.json = json;
    this.changed = changed;
    this.runs = new RunRows(json::payload);
  }

  /** Writes what the code says of units; state in the tables is kept. */
  void define(Tx tx, Collection<RegisteredWorker> workers) {
    workers.stream()
        .sorted(Comparator.comparing(RegisteredWorker::id))
        .forEach(worker -> define(tx, worker));
  }

  private void define(Tx tx, RegisteredWorker worker) {
    String id = worker.id().value();
    List<ScheduleStore.Stand> stands = schedules.lock(tx.session(), id);
    UnitEntity.Texts texts =
        new UnitEntity.Texts(
            UnitKind.WORKER, worker.name(), worker.description(), worker.target().description());
    UnitEntity unit = rows.lock(tx.session(), id).orElse(null);
    if (unit == null) {
      rows.insert(tx.session(), id, texts, worker.enabled());
    } else if (!unit.texts().equals(texts) || unit.facts().releasing()) {
      rows.describe(unit, texts);
    }
    String changes = unit == null ? "{}" : unit.configuration();
    WorkerConfig config = core.registry().config(worker, changes);
    boolean enabled = unit == null ? worker.enabled() : unit.facts().enabled();
    schedule(tx, id, config, stands, enabled);
  }

  /**
   * Sets a unit's schedule to its configuration; a schedule that stays the same keeps its times.
   */
  private void schedule(
      Tx tx, String id, WorkerConfig config, List<ScheduleStore.Stand> stands, boolean enabled) {
    Schedule schedule = config.schedule();
    ScheduleStore.Stand stand = stands.isEmpty() ? null : stands.get(0);
    if (schedule == null) {
      if (stand != null) {
        schedules.remove(tx.session(), id);
      }
      return;
    }
    String line = UnitSettings.line(schedule);
    if (stand != null && stand.expression().equals(line)) {
      return;
    }
    long jitter = Jitter.of(schedule.jitter());
    Instant first = enabled ? first(schedule, tx.now(), stand) : null;
    schedules.put(tx.session(), id, line, first == null ? null : first.plusMillis(jitter), jitter);
  }

  private @Nullable Instant first(
      Schedule schedule, Instant now, ScheduleStore.@Nullable Stand stand) {
    if (schedule instanceof Schedule.Every every) {
      boolean fresh = stand == null;
      Instant start = now.plus(fresh ? every.initialDelay() : every.interval());
      Instant last = stand == null ? null : stand.lastDue();
      return last != null && !start.isAfter(last) ? last.plus(every.interval()) : start;
    }
    return timers.after(schedule, now);
  }

  /** Registers a unit at runtime. */
  void register(RegisteredWorker worker) {
    String id = worker.id().value();
    RegisteredWorker known = core.registry().find(id);
    if (known != null && !known.target().sameAs(worker.target())) {
      throw new InvalidDefinitionException(
          Message.DUPLICATE_ID.with(
              id, known.target().description(), worker.target().description()));
    }
    core.registry().add(worker);
    try {
      core.transactions()
          .joined(
              tx -> {
                tx.afterRollback(() -> forget(id, known));
                define(tx, List.of(worker));
                nodes.removeKnown(tx.session(), core.journal().incarnation(), id);
                nodes.addKnown(tx.session(), core.journal().incarnation(), List.of(id));
                tx.afterCommit(() -> changed.accept(id));
                return null;
              });
    } catch (RuntimeException e) {
      forget(id, known);
      throw e;
    }
  }

  private void forget(String id, @Nullable RegisteredWorker before) {
    if (before == null) {
      core.registry().remove(id);
    } else {
      core.registry().add(before);
    }
  }

  /** Reads a unit's configuration anew, after a change on another node. */
  void reload(String id) {
    RegisteredWorker worker = core.registry().find(id);
    if (worker == null) {
      return;
    }
    String changes =
        core.transactions()
            .own(tx -> rows.find(tx.session(), id).map(UnitEntity::configuration).orElse("{}"));
    core.registry().config(worker, changes);
  }

  /**
   * Removes a unit without active runs, or marks it to be removed when they end; returns whether it
   * waits for that.
   */
  boolean release(String id) {
    return core.transactions()
        .joined(
            tx -> {
              schedules.lock(tx.session(), id);
              UnitEntity unit = locked(tx, id);
              boolean waits = unit.facts().activeRuns() > 0;
              if (waits) {
                rows.release(unit);
              } else {
                remove(tx, id);
              }
              return waits;
            });
  }

  /** Removes units that were marked and whose runs have ended. */
  void removeReleased() {
    List<String> ids =
        core.transactions()
            .own(
                tx ->
                    rows.all(tx.session()).stream()
                        .filter(unit -> unit.facts().releasing())
                        .filter(unit -> unit.facts().activeRuns() == 0)
                        .map(UnitEntity::id)
                        .toList());
    ids.forEach(this::release);
  }

  private void remove(Tx tx, String id) {
    milestones.add(tx, "unit:" + id + ":released", null, id, null);
    retention.removeUnit(tx.session(), id);
    nodes.removeKnown(tx.session(), core.journal().incarnation(), id);
    tx.afterCommit(
        () -> {
          core.registry().remove(id);
          changed.accept(id);
        });
  }

  void pause(String id, String by, @Nullable Instant until) {
    change(
        id,
        (tx, unit) -> {
          boolean before = unit.facts().pausedAt(tx.now());
          rows.pause(unit, by, until);
          if (!before) {
            updated(tx, id, UpdateReason.STATUS_CHANGE, shown(unit, tx.now()));
            milestones.add(tx, "unit:" + id + ":paused", null, id, null);
          }
        });
  }

  void resume(String id) {
    change(
        id,
        (tx, unit) -> {
          if (unit.facts().pausedBy() != null) {
            rows.pause(unit, null, null);
            updated(tx, id, UpdateReason.STATUS_CHANGE, shown(unit, tx.now()));
            milestones.add(tx, "unit:" + id + ":resumed", null, id, null);
          }
        });
  }

  void enable(String id, boolean enabled) {
    change(
        id,
        (tx, unit) -> {
          if (unit.facts().enabled() != enabled) {
            rows.enable(unit, enabled);
            rearm(tx, id, unit, enabled);
            updated(tx, id, UpdateReason.CONFIG_CHANGE, shown(unit, tx.now()));
          }
        });
  }

  private void rearm(Tx tx, String id, UnitEntity unit, boolean enabled) {
    RegisteredWorker worker = core.registry().find(id);
    if (!enabled) {
      schedules.silence(tx.session(), id);
    } else if (worker != null) {
      Schedule schedule = core.registry().config(worker, unit.configuration()).schedule();
      if (schedule != null) {
        Instant next =
            schedule instanceof Schedule.Every every
                ? tx.now().plus(every.interval())
                : timers.after(schedule, tx.now());
        schedules.put(tx.session(), id, UnitSettings.line(schedule), next, 0);
      }
    }
  }

  void status(String id, UnitStatus status) {
    if (status == UnitStatus.RUNNING) {
      throw new WrongStateException(Message.STATUS_BY_HAND.with(id, status, ""));
    }
    change(
        id,
        (tx, unit) -> {
          if (unit.facts().activeRuns() > 0) {
            throw new WrongStateException(
                Message.STATUS_BY_HAND.with(id, status, " while a run is in progress"));
          }
          UnitStatus before = shown(unit, tx.now());
          rows.pause(unit, null, null);
          rows.status(unit, status);
          if (before != status) {
            updated(tx, id, UpdateReason.STATUS_CHANGE, status);
          }
        });
  }

  /** Changes a configuration: all of it is checked before any of it is changed. */
  void configure(String id, UnaryOperator<WorkerConfig> change) {
    change(
        id,
        (tx, unit) -> {
          RegisteredWorker worker = known(id);
          WorkerConfig before = core.registry().config(worker, unit.configuration());
          WorkerConfig after = change.apply(before);
          Schedule schedule = after.schedule();
          if (schedule != null) {
            check(schedule);
          }
          Map<String, String> changes = changes(worker.config(), after);
          String text = json.writeMap(changes);
          if (text.equals(unit.configuration())) {
            return;
          }
          rows.configure(unit, text);
          List<ScheduleStore.Stand> stands = schedules.of(tx.session(), List.of(id));
          schedule(tx, id, after, stands, unit.facts().enabled());
          updated(tx, id, UpdateReason.CONFIG_CHANGE, shown(unit, tx.now()));
          tx.afterCommit(() -> core.registry().config(worker, text));
        });
  }

  /** Applies texts, as HTTP and configuration give them; null takes back a change. */
  WorkerConfig applied(String id, WorkerConfig before, Map<String, @Nullable String> settings) {
    Map<String, String> byCode = UnitSettings.write(known(id).config());
    Map<String, String> texts = new LinkedHashMap<>();
    settings.forEach(
        (name, value) -> texts.put(name, value == null ? byCode.getOrDefault(name, "") : value));
    return UnitSettings.apply(before, texts);
  }

  private void check(Schedule schedule) {
    try {
      timers.check(schedule);
    } catch (IllegalArgumentException e) {
      String field = schedule instanceof Schedule.Cron ? "cron" : "every";
      throw new InvalidConfigurationException(
          field, Message.BAD_FIELD.with(String.valueOf(e.getMessage())));
    }
  }

  private static Map<String, String> changes(WorkerConfig code, WorkerConfig changed) {
    Map<String, String> byCode = UnitSettings.write(code);
    Map<String, String> changes = new LinkedHashMap<>();
    UnitSettings.write(changed)
        .forEach(
            (name, text) -> {
              if (!Objects.equals(text, byCode.get(name))) {
                changes.put(name, text);
              }
            });
    return changes;
  }

  /** What a unit's status is for others: a pause shows while nothing runs. */
  static UnitStatus shown(UnitEntity unit, Instant now) {
    UnitFacts facts = unit.facts();
    return facts.pausedAt(now) && facts.activeRuns() == 0 ? UnitStatus.PAUSED : unit.status();
  }

  private void updated(Tx tx, String id, UpdateReason reason, UnitStatus status) {
    core.journal().add(tx, id, null, origin -> new UnitUpdated(origin, reason, status));
  }

  private interface Change {
    void apply(Tx tx, UnitEntity unit);
  }

  private void change(String id, Change change) {
    Consumer<Tx> work =
        tx -> {
          schedules.lock(tx.session(), id);
          change.apply(tx, locked(tx, id));
          tx.afterCommit(() -> changed.accept(id));
        };
    core.transactions()
        .joined(
            tx -> {
              work.accept(tx);
              return null;
            });
  }

  private UnitEntity locked(Tx tx, String id) {
    return rows.lock(tx.session(), id).orElseThrow(() -> unknown(id));
  }

  private RegisteredWorker known(String id) {
    RegisteredWorker worker = core.registry().find(id);
    if (worker == null) {
      throw new WrongStateException(Message.ORPHANED.with(id));
    }
    return worker;
  }

  static UnknownUnitException unknown(String id) {
    return new UnknownUnitException(Message.UNKNOWN_UNIT.with(id));
  }

  /** Returns the ids of a unit's runs that are not final. */
  List<String> openRuns(String id) {
    return core.transactions()
        .own(
            tx -> {
              if (rows.find(tx.session(), id).isEmpty()) {
                throw unknown(id);
              }
              return runs.openRuns(tx.session(), id);
            });
  }
}
