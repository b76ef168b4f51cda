package io.synchronik.impl.unit;

import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.jpa.UnitEntity;
import io.synchronik.impl.store.node.NodeStore;
import io.synchronik.impl.store.pool.PoolQueue;
import io.synchronik.impl.store.run.Retention;
import io.synchronik.impl.store.run.RunRows;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.store.unit.UnitRows;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Tx;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.run.WrongStateException;
import io.synchronik.unit.UnitKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the code says of units: how they come and go. Locks a unit's schedules, then the unit. */
public final class Definitions {
  private final Core core;
  private final UnitSchedules due;
  private final Milestones milestones;
  private final Consumer<String> changed;
  private final RunRows runs;
  private final UnitRows rows = new UnitRows();
  private final ScheduleStore schedules = new ScheduleStore();
  private final NodeStore nodes = new NodeStore();
  private final Retention retention = new Retention();
  private final PoolQueue tasks = new PoolQueue();

  public Definitions(
      Core core, UnitSchedules due, Milestones milestones, Json json, Consumer<String> changed) {
    this.core = core;
    this.due = due;
    this.milestones = milestones;
    this.changed = changed;
    this.runs = new RunRows(json::payload);
  }

  /** Writes what the code says of units; state in the tables is kept. */
  public void define(Tx tx, Collection<? extends RegisteredUnit> units) {
    units.stream()
        .sorted(Comparator.comparing(RegisteredUnit::id))
        .forEach(unit -> define(tx, unit));
  }

  private void define(Tx tx, RegisteredUnit known) {
    String id = known.id().value();
    List<ScheduleStore.Stand> stands = schedules.lock(tx.session(), id);
    UnitEntity.Texts texts =
        new UnitEntity.Texts(
            known instanceof RegisteredProcess ? UnitKind.PROCESS : UnitKind.WORKER,
            known.name(),
            known.description(),
            known.implementation());
    UnitEntity unit = rows.lock(tx.session(), id).orElse(null);
    if (unit == null) {
      rows.insert(tx.session(), id, texts, known.enabled());
    } else if (!unit.texts().equals(texts) || unit.facts().releasing()) {
      rows.describe(unit, texts);
    }
    String changes = unit == null ? "{}" : unit.configuration();
    boolean enabled = unit == null ? known.enabled() : unit.facts().enabled();
    due.set(tx, id, core.registry().config(known, changes).schedule(), stands, enabled);
  }

  /** Registers a unit at runtime. */
  public void register(RegisteredUnit unit) {
    String id = unit.id().value();
    RegisteredUnit known = core.registry().find(id);
    if (known != null && !known.sameAs(unit)) {
      throw new InvalidDefinitionException(
          Message.DUPLICATE_ID.with(id, known.implementation(), unit.implementation()));
    }
    core.registry().add(unit);
    try {
      core.transactions()
          .joined(
              tx -> {
                tx.afterRollback(() -> forget(id, known), () -> forget(id, known));
                define(tx, List.of(unit));
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

  private void forget(String id, @Nullable RegisteredUnit before) {
    if (before == null) {
      core.registry().remove(id);
    } else {
      core.registry().add(before);
    }
  }

  /** Reads a unit's configuration anew, after a change on another node. */
  public void reload(String id) {
    RegisteredUnit unit = core.registry().find(id);
    if (unit == null) {
      return;
    }
    String changes =
        core.transactions()
            .own(tx -> rows.find(tx.session(), id).map(UnitEntity::configuration).orElse("{}"));
    core.registry().config(unit, changes);
  }

  /**
   * Removes a unit without active runs, or marks it to be removed when they end; returns whether it
   * waits for that.
   */
  public boolean release(String id) {
    List<String> users = core.registry().processesWith(id);
    if (!users.isEmpty()) {
      throw new WrongStateException(Message.USED_BY.with(id, String.join(", ", users)));
    }
    return core.transactions()
        .joined(
            tx -> {
              schedules.lock(tx.session(), id);
              UnitEntity unit = rows.lock(tx.session(), id).orElseThrow(() -> Units.unknown(id));
              boolean waits = unit.facts().activeRuns() > 0 || tasks.worksOnTasks(tx.session(), id);
              if (waits) {
                rows.release(unit);
              } else {
                remove(tx, id);
              }
              return waits;
            });
  }

  /** Removes units that were marked and whose runs have ended. */
  public void removeReleased() {
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

  /** Returns the ids of a unit's runs that are not final. */
  public List<String> openRuns(String id) {
    return core.transactions()
        .own(
            tx -> {
              if (rows.find(tx.session(), id).isEmpty()) {
                throw Units.unknown(id);
              }
              return runs.openRuns(tx.session(), id);
            });
  }
}
