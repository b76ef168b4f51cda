package io.synchronik.impl.unit;

import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.ScheduleLine;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.settings.VersionOrder;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.jpa.UnitEntity;
import io.synchronik.impl.store.node.NodeStore;
import io.synchronik.impl.store.pool.PoolQueue;
import io.synchronik.impl.store.run.Retention;
import io.synchronik.impl.store.run.RunRows;
import io.synchronik.impl.store.unit.DefinitionStore;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.store.unit.UnitRows;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.OutOfOrder;
import io.synchronik.impl.tx.Tx;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.run.WrongStateException;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitKind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the code says of units: how they come and go. Locks a unit's schedules, then the unit. */
public final class Definitions {
  private static final Logger LOG = System.getLogger(Definitions.class.getName());
  private static final int MOST_TRIES = 3;
  private static final VersionOrder ORDER = new VersionOrder();

  /** So much of one released unit is removed before something else. */
  private static final int MOST_BITES = 10;

  private final Core core;
  private final UnitSchedules due;
  private final Milestones milestones;
  private final Consumer<String> changed;
  private final RunRows runs;
  private final UnitRows rows = new UnitRows();
  private final UnitStore units = new UnitStore();
  private final DefinitionStore store = new DefinitionStore();
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

  /**
   * Writes what the code says of units; state in the tables is kept. A unit of which the tables say
   * the same is not touched, whoever holds it, nor one that a newer version has defined.
   */
  public void define(Tx tx, Collection<? extends RegisteredUnit> units) {
    Map<String, DefinitionStore.Defined> present = store.all(tx.session());
    Map<String, ScheduleStore.Stand> stands =
        schedules.all(tx.session()).stream()
            .collect(Collectors.toMap(ScheduleStore.Stand::unit, Function.identity()));
    units.stream()
        .sorted(Comparator.comparing(RegisteredUnit::id))
        .filter(unit -> !stands(unit, present, stands))
        .forEach(unit -> define(tx, unit));
  }

  private boolean stands(
      RegisteredUnit unit,
      Map<String, DefinitionStore.Defined> present,
      Map<String, ScheduleStore.Stand> stands) {
    DefinitionStore.Defined defined = present.get(unit.id().value());
    if (defined == null) {
      return false;
    }
    if (isOlderThan(defined)) {
      return true;
    }
    ScheduleStore.Stand stand = stands.get(defined.id());
    String line = stand == null ? "" : stand.expression();
    return !defined.releasing()
        && defined.version().equals(version())
        && defined.texts().equals(texts(unit))
        && line.equals(ScheduleLine.write(schedule(unit, defined.configuration())));
  }

  /** Writes one unit, and returns what the tables said of it before; null when it is new. */
  private DefinitionStore.@Nullable Defined define(Tx tx, RegisteredUnit known) {
    String id = known.id().value();
    List<ScheduleStore.Stand> stands = schedules.lock(tx.session(), id);
    DefinitionStore.Defined defined = store.lock(tx.session(), id).orElse(null);
    while (defined == null) {
      if (store.insertIfAbsent(tx.session(), id, texts(known), version(), known.enabled())) {
        due.set(tx, id, schedule(known, "{}"), stands, known.enabled());
        return null;
      }
      stands = schedules.lock(tx.session(), id);
      defined = store.lock(tx.session(), id).orElse(null);
    }
    if (stands.isEmpty()) {
      // It may have come with the unit, after the look that found none to lock
      refuseLate(tx, id);
      stands = schedules.of(tx.session(), List.of(id));
    }
    if (!isOlderThan(defined)) {
      if (defined.releasing()
          || !defined.texts().equals(texts(known))
          || !defined.version().equals(version())) {
        store.describe(tx.session(), id, texts(known), version());
      }
      due.set(tx, id, schedule(known, defined.configuration()), stands, defined.enabled());
    }
    return defined;
  }

  private boolean isOlderThan(DefinitionStore.Defined defined) {
    return ORDER.compare(version(), defined.version()) < 0;
  }

  private String version() {
    return core.settings().identity().version();
  }

  private @Nullable Schedule schedule(RegisteredUnit unit, String changes) {
    return core.registry().config(unit, changes).schedule();
  }

  private static UnitEntity.Texts texts(RegisteredUnit known) {
    return new UnitEntity.Texts(
        known instanceof RegisteredProcess ? UnitKind.PROCESS : UnitKind.WORKER,
        Texts.told(known.name(), 400),
        Texts.told(known.description(), 4000),
        Texts.told(known.implementation(), 1000));
  }

  /**
   * Registers a unit at runtime. One of two that do so at once wins, here and on all nodes. In a
   * transaction of its own it is done again when it met another one in a deadlock.
   */
  public void register(RegisteredUnit unit) {
    boolean own = core.transactions().current() == null;
    for (int tries = 1; ; tries++) {
      try {
        registerOnce(unit);
        return;
      } catch (StoreException e) {
        if (!own || tries == MOST_TRIES || !StoreException.isOutage(e)) {
          throw e;
        }
        LOG.log(Level.DEBUG, "Unit " + unit.id() + " is registered once more", e);
      }
    }
  }

  private void registerOnce(RegisteredUnit unit) {
    RegisteredUnit other = core.registry().propose(unit);
    if (other != null) {
      throw duplicate(unit.id().value(), other.implementation(), unit);
    }
    boolean done = false;
    try {
      core.transactions().joined(tx -> write(tx, unit));
      done = true;
    } finally {
      if (!done) {
        core.registry().withdraw(unit);
      }
    }
  }

  private @Nullable Void write(Tx tx, RegisteredUnit unit) {
    String id = unit.id().value();
    tx.afterRollback(() -> core.registry().withdraw(unit));
    // A unit that is in the tables must not be gone here, as nobody would fire it
    core.journal().mark(tx);
    refuse(tx, unit, define(tx, unit));
    nodes.removeKnown(tx.session(), core.journal().incarnation(), id);
    nodes.addKnown(tx.session(), core.journal().incarnation(), List.of(id));
    tx.afterCommit(
        () -> {
          core.registry().add(unit);
          changed.accept(id);
        });
    return null;
  }

  /** What a live node with the same version runs under an id is not taken from it. */
  private void refuse(Tx tx, RegisteredUnit unit, DefinitionStore.@Nullable Defined before) {
    if (before == null || before.texts().implementation().equals(unit.implementation())) {
      return;
    }
    nodes
        .otherWith(
            tx.session(), core.journal().incarnation(), version(), before.id(), tx.session().now())
        .ifPresent(
            node -> {
              String there = before.texts().implementation() + " on node " + node;
              throw duplicate(before.id(), there, unit);
            });
  }

  private static InvalidDefinitionException duplicate(
      String id, String other, RegisteredUnit unit) {
    return new InvalidDefinitionException(
        Message.DUPLICATE_ID.with(id, other, unit.implementation()));
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
              boolean none = schedules.lock(tx.session(), id).isEmpty();
              UnitEntity unit = rows.lock(tx.session(), id).orElseThrow(() -> Units.unknown(id));
              if (none) {
                refuseLate(tx, id);
              }
              tx.did(Act.of(Action.RELEASE, Act.Kind.UNIT, id));
              return release(tx, unit);
            });
  }

  private void refuseLate(Tx tx, String id) {
    if (schedules.isHeldLate(tx.session(), id)) {
      throw new OutOfOrder();
    }
  }

  private boolean release(Tx tx, UnitEntity unit) {
    String id = unit.id();
    // With all its runs, some now and the others by and by
    boolean waits =
        unit.facts().activeRuns() > 0
            || tasks.worksOnTasks(tx.session(), id)
            || !retention.removeRuns(tx.session(), id);
    if (waits) {
      rows.release(unit);
    } else {
      remove(tx, id);
    }
    return waits;
  }

  /**
   * Removes units that were marked and whose runs have ended; what somebody holds has its turn
   * later.
   */
  public void removeReleased() {
    List<String> left = core.transactions().own(tx -> rows.releasedAndIdle(tx.session()));
    for (int bites = 0; bites < MOST_BITES && !left.isEmpty(); bites++) {
      List<String> waiting = new ArrayList<>();
      core.transactions()
          .eachBriefly(
              left,
              (tx, id) -> {
                if (removeIfFree(tx, id)) {
                  tx.afterCommit(() -> waiting.add(id));
                }
              });
      left = waiting;
    }
  }

  /** Returns whether there is more of it, for this round. */
  private boolean removeIfFree(Tx tx, String id) {
    Set<String> one = Set.of(id);
    boolean scheduled = !schedules.of(tx.session(), one).isEmpty();
    boolean free =
        (!scheduled || !schedules.lockFree(tx.session(), one).isEmpty())
            && !units.lockFree(tx.session(), one).isEmpty()
            && (scheduled || !schedules.isHeldLate(tx.session(), id));
    return free
        && core.registry().processesWith(id).isEmpty()
        && release(tx, rows.lock(tx.session(), id).orElseThrow(() -> Units.unknown(id)));
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
        .joined(
            tx -> {
              if (rows.find(tx.session(), id).isEmpty()) {
                throw Units.unknown(id);
              }
              return runs.openRuns(tx.session(), id);
            });
  }
}
