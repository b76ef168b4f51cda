package io.synchronik.impl.unit;

import io.synchronik.event.UpdateReason;
import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.settings.Times;
import io.synchronik.impl.settings.unit.UnitSettings;
import io.synchronik.impl.store.jpa.UnitEntity;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.store.unit.UnitIntents.Control;
import io.synchronik.impl.store.unit.UnitIntents.Kind;
import io.synchronik.impl.store.unit.UnitRows;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Tx;
import io.synchronik.process.ProcessConfig;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.run.WrongStateException;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitConfig;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.WorkerConfig;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What people set of units. Locks a unit's schedules, then the unit. */
public final class Units {
  private static final int LONGEST_QUOTE = 200;

  private final Core core;
  private final UnitSchedules due;
  private final Json json;
  private final UnitControls controls;
  private final UnitLedger ledger;
  private final Consumer<String> changed;
  private final UnitRows rows = new UnitRows();
  private final ScheduleStore schedules = new ScheduleStore();
  private final UnitStore store = new UnitStore();

  public Units(
      Core core,
      UnitSchedules due,
      Json json,
      UnitControls controls,
      UnitLedger ledger,
      Consumer<String> changed) {
    this.core = core;
    this.due = due;
    this.json = json;
    this.controls = controls;
    this.ledger = ledger;
    this.changed = changed;
  }

  public void pause(String id, String by, @Nullable Instant until) {
    Times.check("until", until);
    set(id, Control.pause(by, until));
  }

  public void resume(String id) {
    set(id, Control.of(Kind.RESUME));
  }

  public void enable(String id, boolean enabled) {
    set(id, Control.of(enabled ? Kind.ENABLE : Kind.DISABLE));
  }

  /** Pauses a unit, one of many: waits for nobody who holds it. One that is gone needs nothing. */
  public void pauseOneOfAll(String id, String by) {
    set(id, Control.pause(by, null), ledger::takeFree);
  }

  /** Resumes a unit in the way of {@link #pauseOneOfAll}. */
  public void resumeOneOfAll(String id) {
    set(id, Control.of(Kind.RESUME), ledger::takeFree);
  }

  private void set(String id, Control control) {
    if (!set(id, control, ledger::take)) {
      throw unknown(id);
    }
  }

  /** Comes to hold a unit; returns false when it does not. */
  private interface Taking {
    boolean take(Tx tx, String id);
  }

  /**
   * At once where the unit is held, else, as always in a caller's transaction, after the commit:
   * whatever it is about goes on so long. Returns false when there is no such unit.
   */
  private boolean set(String id, Control control, Taking taking) {
    return core.transactions()
        .joined(
            tx -> {
              if (!tx.isJoined() && taking.take(tx, id)) {
                UnitEntity unit = locked(tx, id);
                controls.set(tx, id, unit.facts(), unit.status(), control);
              } else if (!ledger.intend(tx, id, control)) {
                return false;
              }
              Action action = Action.valueOf(control.kind().name());
              tx.did(Act.of(action, Act.Kind.UNIT, id).to(control.until()));
              return true;
            });
  }

  /**
   * Writes down what is set of a unit, whoever holds that: it is applied when this transaction has
   * committed and nobody holds the unit. Returns false when there is no such unit.
   */
  public boolean intend(Tx tx, String id, Control control) {
    return ledger.intend(tx, id, control);
  }

  /** Resumes units whose pause was to end by now; one that somebody holds has its turn later. */
  public void endPauses() {
    core.transactions()
        .eachBriefly(
            core.transactions().own(tx -> store.pausesOver(tx.session(), tx.now())),
            (tx, id) -> {
              if (!store.lockFree(tx.session(), List.of(id)).isEmpty()) {
                UnitEntity unit = locked(tx, id);
                UnitFacts facts = unit.facts();
                if (facts.pausedBy() != null && !facts.pausedAt(tx.now())) {
                  controls.set(tx, id, facts, unit.status(), Control.of(Kind.RESUME));
                }
                tx.afterCommit(() -> changed.accept(id));
              }
            });
  }

  public void status(String id, UnitStatus status) {
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
          Act act = Act.of(Action.STATUS, Act.Kind.UNIT, id);
          tx.did(act.from(word(before)).to(word(status)));
          rows.pause(unit, null, null);
          rows.status(unit, status);
          if (before != status) {
            controls.updated(tx, id, UpdateReason.STATUS_CHANGE, status);
          }
        });
  }

  /**
   * Changes a configuration: all of it is checked before any of it is changed. The function is the
   * application's code and called without locks; again, when somebody else was faster.
   */
  public void configure(String id, UnaryOperator<UnitConfig> change) {
    boolean done;
    do {
      String seen =
          core.transactions()
              .joined(tx -> store.configuration(tx.session(), id))
              .orElseThrow(() -> unknown(id));
      RegisteredUnit known = known(id);
      UnitConfig before = core.registry().config(known, seen);
      UnitConfig after = core.code().onItsThread(() -> change.apply(before));
      check(known, after);
      done = configured(id, new Configured(known, seen, before, after));
    } while (!done);
  }

  /** A change that was made of what was seen. */
  private record Configured(
      RegisteredUnit known, String seen, UnitConfig before, UnitConfig after) {}

  /**
   * Checks a configuration as a whole.
   *
   * @throws InvalidConfigurationException naming the first field that is wrong
   */
  void check(RegisteredUnit known, UnitConfig after) {
    Schedule schedule = after.schedule();
    if (schedule != null) {
      due.check(schedule);
    }
    if (known instanceof RegisteredWorker worker && after instanceof WorkerConfig config) {
      RegisteredWorker.check(config, worker.target());
    }
    if (known instanceof RegisteredProcess process && after instanceof ProcessConfig config) {
      ProcessModels.check(process, config);
    }
  }

  /** Returns false, and changes nothing, when it is no longer what was seen. */
  private boolean configured(String id, Configured made) {
    AtomicBoolean same = new AtomicBoolean();
    change(
        id,
        (tx, unit) -> {
          same.set(unit.configuration().equals(made.seen));
          if (same.get()) {
            configure(tx, unit, made);
          }
        });
    return same.get();
  }

  private void configure(Tx tx, UnitEntity unit, Configured made) {
    String id = unit.id();
    String text = json.writeMap(changes(made.known.config(), made.after));
    if (text.equals(made.seen)) {
      return;
    }
    rows.configure(unit, text);
    tx.did(act(id, made));
    Schedule schedule = made.after.schedule();
    if (!Objects.equals(schedule, made.before.schedule())) {
      List<ScheduleStore.Stand> stands = schedules.of(tx.session(), List.of(id));
      due.set(tx, id, schedule, stands, unit.facts().enabled());
    }
    controls.updated(tx, id, UpdateReason.CONFIG_CHANGE, shown(unit, tx.now()));
    tx.afterCommit(() -> core.registry().config(made.known, text));
  }

  private Act act(String id, Configured made) {
    Map<String, String> before = UnitSettings.write(made.before);
    Map<String, String> after = UnitSettings.write(made.after);
    return Act.of(Action.CONFIGURE, Act.Kind.UNIT, id)
        .from(json.writeMap(others(before, after)))
        .to(json.writeMap(others(after, before)));
  }

  /** Applies texts, as HTTP and configuration give them; null takes back a change. */
  public UnitConfig applied(String id, UnitConfig before, Map<String, @Nullable String> settings) {
    return UnitSettings.apply(before, texts(known(id), settings));
  }

  /** Returns texts as they are, and for null what code says. */
  static Map<String, String> texts(RegisteredUnit known, Map<String, @Nullable String> settings) {
    Map<String, String> byCode = UnitSettings.write(known.config());
    Map<String, String> texts = new LinkedHashMap<>();
    settings.forEach(
        (name, value) -> texts.put(name, value == null ? byCode.getOrDefault(name, "") : value));
    return texts;
  }

  private static Map<String, String> changes(UnitConfig code, UnitConfig changed) {
    return others(UnitSettings.write(changed), UnitSettings.write(code));
  }

  /** Returns those of some settings that differ from others. */
  private static Map<String, String> others(Map<String, String> some, Map<String, String> others) {
    Map<String, String> different = new LinkedHashMap<>();
    some.forEach(
        (name, text) -> {
          if (!Objects.equals(text, others.get(name))) {
            different.put(name, text);
          }
        });
    return different;
  }

  private static String word(UnitStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static UnitStatus shown(UnitEntity unit, Instant now) {
    return UnitControls.shown(unit.status(), unit.facts(), now);
  }

  private interface Change {
    void apply(Tx tx, UnitEntity unit);
  }

  private void change(String id, Change change) {
    core.transactions()
        .joined(
            tx -> {
              change.apply(tx, taken(tx, id));
              tx.afterCommit(() -> changed.accept(id));
              return null;
            });
  }

  private UnitEntity taken(Tx tx, String id) {
    if (!ledger.take(tx, id)) {
      throw unknown(id);
    }
    return locked(tx, id);
  }

  private UnitEntity locked(Tx tx, String id) {
    return rows.lock(tx.session(), id).orElseThrow(() -> unknown(id));
  }

  RegisteredUnit known(String id) {
    RegisteredUnit unit = core.registry().find(id);
    if (unit == null) {
      throw new WrongStateException(Message.ORPHANED.with(id));
    }
    return unit;
  }

  public static UnknownUnitException unknown(String id) {
    return new UnknownUnitException(Message.UNKNOWN_UNIT.with(Texts.told(id, LONGEST_QUOTE)));
  }
}
