package io.synchronik.impl.unit;

import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.store.jdbc.Session;
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
import org.jspecify.annotations.Nullable;

/**
 * Active runs and status of units that a transaction has locked, changed in memory, written once.
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

    Count(UnitStore.Locked locked) {
      facts = locked.facts();
      status = UnitStatus.valueOf(locked.status().toUpperCase(Locale.ROOT));
      enabled = facts.enabled();
      runs = locked.runs();
    }
  }

  private final Map<String, Count> counts = new HashMap<>();

  public UnitCounts(Map<String, UnitStore.Locked> locked) {
    locked.forEach((id, unit) -> counts.put(id, new Count(unit)));
  }

  /** Returns the unit's facts as they are now, null when the unit does not exist. */
  public @Nullable UnitFacts facts(String unit) {
    Count count = counts.get(unit);
    return count == null ? null : count.facts;
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
    count.enabled = false;
    count.changed = true;
  }

  /** Notes that a run of a unit has started. */
  public void started(String unit, String run, Instant at) {
    Count count = counts.get(unit);
    if (count != null) {
      count.started = new UnitStore.Started(run, at);
      count.changed = true;
    }
  }

  /**
   * Counts a run that ended.
   *
   * @param end its final state and duration
   * @param maxRuns after so many runs the unit is disabled; 0 for never
   * @return whether the status has changed
   */
  public boolean ended(String unit, End end, long maxRuns) {
    Count count = counts.get(unit);
    if (count == null) {
      return false;
    }
    boolean failed = end.state == RunState.FAILED;
    count.ended =
        end.state == RunState.COMPLETED
            ? count.ended.withCompleted(end.duration.toMillis(), end.at)
            : count.ended.withOther(failed);
    if (maxRuns > 0 && count.runs + count.ended.runs() >= maxRuns) {
      count.enabled = false;
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

  /** Counts down for a run that was admitted and never ran. */
  public boolean withdrawn(String unit, UnitStatus status) {
    Count count = counts.get(unit);
    return count != null && down(count, status);
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

  /** Writes what has changed. */
  public void write(UnitStore store, Session session) {
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
    store.write(session, changed);
  }

  private Count existing(String unit) {
    return Objects.requireNonNull(counts.get(unit));
  }
}
