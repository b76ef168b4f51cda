package io.synchronik.impl.unit;

import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.store.unit.ScheduleChanges;
import io.synchronik.impl.store.unit.UnitDeltas.Delta;
import io.synchronik.impl.store.unit.UnitDeltas.Kind;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Active runs and status of units in one transaction, changed in memory, written once: those of
 * units that it holds as numbers, those of other units as what is owed.
 */
public final class UnitCounts {
  private static final class Count {
    private UnitFacts facts;
    private UnitStatus status;
    private boolean enabled;
    private final long runs;
    private UnitStore.@Nullable Started started;
    private UnitStore.Ended ended = UnitStore.Ended.NONE;
    private boolean changed;

    /** Whether that it is disabled is to be written down. */
    private boolean disabled;

    Count(UnitStore.Locked locked) {
      facts = locked.facts();
      status = UnitStatus.valueOf(locked.status().toUpperCase(Locale.ROOT));
      enabled = facts.enabled();
      runs = locked.runs();
    }

    private void disable() {
      disabled |= enabled;
      enabled = false;
      facts = facts.withEnabled(false);
    }
  }

  private static final UnitStore STORE = new UnitStore();
  private static final ScheduleChanges CHANGES = new ScheduleChanges();

  private final Tx tx;
  private final UnitLedger ledger;
  private final Map<String, UnitStore.Locked> locked;
  private final Set<String> held;
  private final Map<String, Count> counts = new HashMap<>();
  private final List<Delta> owed = new ArrayList<>();

  UnitCounts(Tx tx, UnitLedger ledger, Map<String, UnitStore.Locked> locked, Set<String> held) {
    this.tx = tx;
    this.ledger = ledger;
    this.locked = locked;
    this.held = held;
    locked.forEach((id, unit) -> counts.put(id, new Count(unit)));
  }

  /** Returns whether somebody else holds a unit, or is about to change it. */
  public boolean isHeld(String unit) {
    return held.contains(unit);
  }

  /** Returns the units that somebody else holds. */
  public Set<String> held() {
    return held;
  }

  /** Returns a unit that this transaction holds, as it was. */
  public UnitStore.Locked locked(String unit) {
    return Objects.requireNonNull(locked.get(unit));
  }

  /** Returns the unit's facts as they are now, null when it is not held here. */
  public @Nullable UnitFacts facts(String unit) {
    Count count = counts.get(unit);
    return count == null ? null : count.facts;
  }

  /** Returns how many runs of a unit have really ended by now; it is held here. */
  public long runs(String unit) {
    Count count = existing(unit);
    return count.runs + count.ended.runs();
  }

  /** Returns the unit's status as it is now, pauses apart; it is held here. */
  UnitStatus status(String unit) {
    return existing(unit).status;
  }

  /** Counts an admitted run; returns whether the status has changed. */
  public boolean admitted(String unit) {
    Count count = existing(unit);
    count.facts = count.facts.withActiveRuns(count.facts.activeRuns() + 1);
    return move(count, UnitStatus.RUNNING);
  }

  /** Keeps schedules from running a unit. */
  public void disable(String unit) {
    Count count = existing(unit);
    count.disable();
    count.changed = true;
  }

  /** Notes that a run of a unit has started. */
  public void started(String unit, String run, Instant at) {
    Count count = counts.get(unit);
    if (count != null) {
      count.started = new UnitStore.Started(run, at);
      count.changed = true;
    } else {
      owe(unit, Kind.STARTED, run, null, at, 0, 0);
    }
  }

  private void owe(
      String unit,
      Kind kind,
      String run,
      @Nullable String state,
      Instant at,
      long millis,
      long max) {
    if (held.contains(unit)) {
      owed.add(new Delta(unit, ledger.journal().nextId(), kind, run, state, at, millis, max));
    }
  }

  /**
   * Counts a run that ended.
   *
   * @param run its id
   * @param end its final state and duration
   * @param maxRuns after so many runs the unit is disabled; 0 for never
   * @return whether the status has changed
   */
  public boolean ended(String unit, String run, End end, long maxRuns) {
    Count count = counts.get(unit);
    if (count == null) {
      owe(
          unit,
          Kind.ENDED,
          run,
          end.state.name().toLowerCase(Locale.ROOT),
          end.at,
          end.duration.toMillis(),
          maxRuns);
      return false;
    }
    boolean failed = end.state == RunState.FAILED;
    count.ended =
        end.state == RunState.COMPLETED
            ? count.ended.withCompleted(end.duration.toMillis(), end.at)
            : count.ended.withOther(failed);
    if (maxRuns > 0 && count.runs + count.ended.runs() >= maxRuns) {
      count.disable();
    }
    return down(count, failed ? UnitStatus.ERROR : UnitStatus.COMPLETED);
  }

  /**
   * The end of a run that ran.
   *
   * @param state final
   * @param duration from its first start
   * @param at when
   */
  public record End(RunState state, Duration duration, Instant at) {}

  /** Counts down for a run that was admitted and never ran; returns whether the status changes. */
  public boolean withdrawn(String unit, String run) {
    Count count = counts.get(unit);
    if (count == null) {
      owe(unit, Kind.WITHDRAWN, run, null, tx.now(), 0, 0);
      return false;
    }
    return down(count, UnitStatus.COMPLETED);
  }

  /** Counts what was owed to a unit that this transaction holds. */
  void settle(Delta delta) {
    String unit = delta.unit();
    boolean moved =
        switch (delta.kind()) {
          case STARTED -> {
            started(unit, delta.run(), delta.at());
            yield false;
          }
          case ENDED ->
              ended(
                  unit,
                  delta.run(),
                  new End(
                      RunState.valueOf(
                          Objects.requireNonNull(delta.state()).toUpperCase(Locale.ROOT)),
                      Duration.ofMillis(delta.millis()),
                      delta.at()),
                  delta.maxRuns());
          case WITHDRAWN -> withdrawn(unit, delta.run());
          case DUE -> false;
        };
    if (moved) {
      announce(ledger.journal(), tx, unit, delta.run());
    }
  }

  private static boolean down(Count count, UnitStatus status) {
    int left = Math.max(0, count.facts.activeRuns() - 1);
    count.facts = count.facts.withActiveRuns(left);
    return move(count, left == 0 ? status : UnitStatus.RUNNING);
  }

  private static boolean move(Count count, UnitStatus status) {
    count.changed = true;
    boolean moved = count.status != status;
    count.status = status;
    return moved;
  }

  /** Adds the event of a changed status. */
  public void announce(Journal journal, Tx tx, String unit, @Nullable String run) {
    UnitStatus status = existing(unit).status;
    journal.add(
        tx, unit, run, origin -> new UnitUpdated(origin, UpdateReason.STATUS_CHANGE, status));
  }

  /** Writes what has changed, and what is owed. */
  public void write() {
    List<UnitStore.Change> changed = new ArrayList<>();
    counts.forEach(
        (id, count) -> {
          if (count.changed) {
            changed.add(
                new UnitStore.Change(
                    id,
                    count.status.name().toLowerCase(Locale.ROOT),
                    count.enabled,
                    count.facts.activeRuns(),
                    count.started,
                    count.ended));
          }
        });
    STORE.write(tx.session(), changed);
    counts.forEach(
        (id, count) -> {
          if (count.disabled) {
            count.disabled = false;
            CHANGES.note(tx.session(), id, ledger.journal().nextId(), tx.databaseTime());
          }
        });
    ledger.owe(tx, owed);
    owed.clear();
  }

  private Count existing(String unit) {
    return Objects.requireNonNull(counts.get(unit));
  }
}
