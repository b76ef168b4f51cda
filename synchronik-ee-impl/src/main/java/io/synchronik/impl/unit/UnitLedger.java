package io.synchronik.impl.unit;

import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.lifecycle.Jitter;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.settings.ScheduleLine;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.store.unit.UnitDeltas;
import io.synchronik.impl.store.unit.UnitDeltas.Delta;
import io.synchronik.impl.store.unit.UnitDeltas.Kind;
import io.synchronik.impl.store.unit.UnitIntents;
import io.synchronik.impl.store.unit.UnitIntents.Control;
import io.synchronik.impl.store.unit.UnitIntents.Intent;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.tx.OutOfOrder;
import io.synchronik.impl.tx.Tx;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Units' rows in transactions. Nobody here waits for a row that somebody else holds: what runs do
 * to such a unit is written down as owed in the same transaction, and whoever gets the row next
 * settles it first. A transaction of a caller may stay open: what it does to units is always
 * written down, and so is what it sets of them. A unit of which something was set is like one that
 * somebody holds until that is applied.
 */
public final class UnitLedger {
  /**
   * Others of the engine hold a unit for a few milliseconds; applications do for as long as they
   * like.
   */
  private static final long[] PAUSES_MILLIS = {1, 2, 4, 8};

  /** No transaction of the engine alone holds a unit as long. */
  private static final long LONG_MILLIS = 200;

  private static final long IMPATIENT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int MOST_FOUND = 1000;

  private final Journal journal;
  private final UnitControls controls;
  private final UnitIntents intents = new UnitIntents();
  private final UnitStore units = new UnitStore();
  private final UnitDeltas deltas = new UnitDeltas();
  private final ScheduleStore schedules = new ScheduleStore();

  private final UnitTurns turns = new UnitTurns(LONG_MILLIS);

  /** Units for which it was waited in vain, with the time. */
  private final Map<String, Long> heldLately = new ConcurrentHashMap<>();

  private volatile Listener listener = Listener.NOBODY;

  /** Told after commits; only signals. */
  public interface Listener {
    /** Before there is one. */
    Listener NOBODY =
        new Listener() {
          @Override
          public void owed(String unit) {}

          @Override
          public void settled(String unit) {}

          @Override
          public void waits(String unit) {}
        };

    /** Something is owed to a unit. */
    void owed(String unit);

    /** What was owed to a unit is settled; runs may have waited for that. */
    void settled(String unit);

    /** A run waits until nobody holds its unit. */
    public void waits(String unit);
  }

  public UnitLedger(Journal journal, UnitControls controls) {
    this.journal = journal;
    this.controls = controls;
  }

  public void listen(Listener to) {
    listener = to;
  }

  Journal journal() {
    return journal;
  }

  /** Holds those of some units that nobody but this node's own transactions holds. */
  public UnitCounts holdFree(Tx tx, Collection<String> ids) {
    return tx.isJoined() ? held(tx, ids) : opened(tx, ids, inTurn(tx, ids, units::lockFree));
  }

  /** Holds none of some units: a caller's transaction may stay open. */
  private UnitCounts held(Tx tx, Collection<String> ids) {
    return new UnitCounts(tx, this, Map.of(), units.existing(tx.session(), ids));
  }

  /** Holds units; one that others hold is waited for, for some milliseconds and not again soon. */
  public UnitCounts hold(Tx tx, Collection<String> ids) {
    if (tx.isJoined()) {
      return held(tx, ids);
    }
    Map<String, UnitStore.Locked> locked = new HashMap<>(inTurn(tx, ids, units::lockFree));
    for (long pause : PAUSES_MILLIS) {
      Set<String> missing = missing(ids, locked);
      missing.removeIf(this::isHeldLately);
      if (missing.isEmpty() || !slept(pause)) {
        break;
      }
      locked.putAll(units.lockFree(tx.session(), missing));
    }
    return opened(tx, ids, locked);
  }

  /** Locks those of some units that are free when this node's own transactions are through. */
  private Map<String, UnitStore.Locked> inTurn(Tx tx, Collection<String> ids, LockFree free) {
    if (!tx.isAlone() || ids.isEmpty()) {
      return free.lock(tx.session(), ids);
    }
    tx.afterEnd(() -> turns.over(tx));
    UnitTurns.Turn turn = turns.await(tx, ids);
    Map<String, UnitStore.Locked> locked = free.lock(tx.session(), ids);
    turns.keep(turn, locked.keySet());
    return locked;
  }

  private interface LockFree {
    Map<String, UnitStore.Locked> lock(Session session, Collection<String> ids);
  }

  private UnitCounts opened(Tx tx, Collection<String> ids, Map<String, UnitStore.Locked> locked) {
    Set<String> missing = missing(ids, locked);
    Set<String> held = missing.isEmpty() ? missing : units.existing(tx.session(), missing);
    long now = System.nanoTime();
    held.forEach(unit -> heldLately.put(unit, now));
    UnitCounts counts = new UnitCounts(tx, this, locked, held);
    settle(tx, counts, locked);
    return counts;
  }

  private void settle(Tx tx, UnitCounts counts, Map<String, UnitStore.Locked> locked) {
    List<String> owing =
        locked.values().stream()
            .filter(UnitStore.Locked::owed)
            .map(UnitStore.Locked::id)
            .sorted()
            .toList();
    if (!owing.isEmpty()) {
      List<Delta> owed =
          deltas.of(tx.session(), owing).stream()
              .filter(delta -> delta.kind() != Kind.DUE)
              .toList();
      settle(tx, counts, owed);
    }
  }

  private void settle(Tx tx, UnitCounts counts, List<Delta> owed) {
    owed.forEach(counts::settle);
    deltas.delete(tx.session(), owed);
    Set<String> settled = new TreeSet<>();
    owed.forEach(delta -> settled.add(delta.unit()));
    tx.afterCommit(() -> settled.forEach(unit -> listener.settled(unit)));
  }

  private static Set<String> missing(Collection<String> ids, Map<String, ?> locked) {
    Set<String> missing = new HashSet<>();
    if (locked.size() < ids.size()) {
      missing.addAll(ids);
      missing.removeAll(locked.keySet());
    }
    return missing;
  }

  private boolean isHeldLately(String unit) {
    Long since = heldLately.get(unit);
    if (since != null && System.nanoTime() - since > IMPATIENT_NANOS) {
      heldLately.remove(unit, since);
      return false;
    }
    return since != null;
  }

  private static boolean slept(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A run waits until nobody holds its unit; called after the commit. */
  public void waits(String unit) {
    listener.waits(unit);
  }

  /** Writes down what is owed to units that others hold. */
  void owe(Tx tx, List<Delta> owed) {
    if (!owed.isEmpty()) {
      deltas.insert(tx.session(), owed);
      List<Delta> all = List.copyOf(owed);
      tx.afterCommit(() -> all.forEach(delta -> listener.owed(delta.unit())));
    }
  }

  /**
   * Gives a unit's schedule that waits for the end of a run its next due time, when that is what
   * the tables say of it; otherwise the loop does.
   */
  public void arm(Tx tx, String unit, String run, Schedule.Every every) {
    long jitter = Jitter.of(every.jitter());
    Instant next = tx.databaseTime().plus(every.interval()).plusMillis(jitter);
    String line = ScheduleLine.write(every);
    if ((tx.isJoined() || !schedules.armIfWaitingAndFree(tx.session(), unit, line, next, jitter))
        && schedules.isWaiting(tx.session(), unit, line)) {
      owe(tx, List.of(new Delta(unit, journal.nextId(), Kind.DUE, run, null, next, jitter, 0)));
    }
  }

  /** Returns units to which something is owed. */
  public List<String> owed(Tx tx) {
    return deltas.units(tx.session(), MOST_FOUND);
  }

  /** Writes down what is set of a unit; returns false when there is no such unit. */
  boolean intend(Tx tx, String unit, Control control) {
    if (units.existing(tx.session(), Set.of(unit)).isEmpty()) {
      return false;
    }
    intents.insert(tx.session(), new Intent(unit, journal.nextId(), tx.now(), control));
    tx.afterCommit(() -> listener.owed(unit));
    return true;
  }

  /** Settles what is owed to units; returns those that somebody else still holds. */
  public Set<String> settle(Tx tx, Collection<String> ids) {
    Set<String> free = schedules.lockFree(tx.session(), ids);
    return settle(tx, ids, free, inTurn(tx, ids, units::lockFreeToSettle));
  }

  /**
   * Holds a unit and its schedules, waiting for whoever holds them, and settles what is owed to it;
   * returns false when there is no such unit.
   */
  boolean take(Tx tx, String unit) {
    boolean none = schedules.lock(tx.session(), unit).isEmpty();
    Map<String, UnitStore.Locked> locked = units.lock(tx.session(), Set.of(unit));
    if (none && schedules.isHeldLate(tx.session(), unit)) {
      throw new OutOfOrder();
    }
    settle(tx, locked.keySet(), locked.keySet(), locked);
    return !locked.isEmpty();
  }

  /**
   * The same without waiting; returns false also when somebody else holds the unit or its
   * schedules.
   */
  boolean takeFree(Tx tx, String unit) {
    Set<String> one = Set.of(unit);
    boolean none = schedules.lockFree(tx.session(), one).isEmpty();
    Map<String, UnitStore.Locked> locked = inTurn(tx, one, units::lockFreeToSettle);
    if (locked.isEmpty() || (none && !schedules.of(tx.session(), one).isEmpty())) {
      return false;
    }
    settle(tx, locked.keySet(), locked.keySet(), locked);
    return true;
  }

  private Set<String> settle(
      Tx tx, Collection<String> ids, Set<String> free, Map<String, UnitStore.Locked> locked) {
    UnitCounts counts = new UnitCounts(tx, this, locked, Set.of());
    Set<String> left = new HashSet<>();
    List<Delta> settled = new ArrayList<>();
    for (Delta delta : deltas.of(tx.session(), ids)) {
      boolean isDue = delta.kind() == Kind.DUE;
      if (!(isDue ? free.contains(delta.unit()) : locked.containsKey(delta.unit()))) {
        left.add(delta.unit());
      } else {
        settled.add(delta);
        if (isDue) {
          schedules.armIfWaiting(tx.session(), delta.unit(), delta.at(), delta.millis());
        }
      }
    }
    settle(tx, counts, settled);
    counts.write();
    left.addAll(apply(tx, ids, free, counts));
    return left;
  }

  /** Applies what was set of units; returns those that this transaction does not hold. */
  private Set<String> apply(Tx tx, Collection<String> ids, Set<String> free, UnitCounts counts) {
    List<Intent> intended = intents.of(tx.session(), ids);
    if (intended.isEmpty()) {
      return Set.of();
    }
    Set<String> left = new HashSet<>();
    schedules.of(tx.session(), ids).forEach(stand -> left.add(stand.unit()));
    left.removeAll(free);
    Map<String, UnitFacts> facts = new TreeMap<>();
    List<Intent> applied = new ArrayList<>();
    for (Intent intent : intended) {
      String unit = intent.unit();
      UnitFacts set = facts.get(unit);
      UnitFacts before = set == null ? counts.facts(unit) : set;
      if (before == null || left.contains(unit)) {
        left.add(unit);
      } else {
        UnitStatus status = counts.status(unit);
        facts.put(unit, controls.set(tx, unit, before, status, intent.control()));
        applied.add(intent);
      }
    }
    intents.delete(tx.session(), applied);
    facts.keySet().forEach(unit -> tx.afterCommit(() -> listener.settled(unit)));
    left.retainAll(intended.stream().map(Intent::unit).toList());
    return left;
  }
}
