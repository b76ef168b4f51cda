package io.synchronik;

import io.synchronik.unit.UnitConfig;
import io.synchronik.unit.UnitId;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatistics;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.WorkerConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A unit at one moment, as the database has it. Immutable.
 *
 * @param identity id, kind and texts
 * @param status what its runs are doing or how the last one ended
 * @param control what people have set
 * @param config the configuration in force: code, then settings, then changes made at runtime
 * @param timing when it ran and will run
 * @param statistics numbers over its runs
 */
public record UnitView(
    Identity identity,
    UnitStatus status,
    Control control,
    UnitConfig config,
    Timing timing,
    UnitStatistics statistics) {

  /**
   * Who the unit is.
   *
   * @param id its id
   * @param kind what it is
   * @param name for people; the id when none was given
   * @param description for people; empty when none was given
   * @param implementation the bean or method with the work, for people
   * @param known whether this node has its code; a unit that no live node knows is not fired
   * @param items whether its runs have work items; false when this node does not have its code
   */
  public record Identity(
      UnitId id,
      UnitKind kind,
      String name,
      String description,
      String implementation,
      boolean known,
      boolean items) {}

  /**
   * What people have set.
   *
   * @param enabled whether schedules run it; also false after {@code maxRuns}
   * @param pausedBy who paused it, null when it is not paused
   * @param pausedUntil when the pause ends by itself, null when only a person ends it
   */
  public record Control(boolean enabled, @Nullable String pausedBy, @Nullable Instant pausedUntil) {

    /** Returns whether the unit is paused. */
    public boolean paused() {
      return pausedBy != null;
    }
  }

  /**
   * When it ran and will run, in database time.
   *
   * @param nextDue the next time its schedule is due, null when it has none or waits for a run to
   *     end
   * @param upcoming the next fire times as its schedule gives them, at most five, {@code nextDue}
   *     first
   * @param misfires firings that came later than the misfire threshold
   * @param lastRun id of the latest run that started, null when none did
   * @param lastStartedAt when that run started
   * @param lastCompletedAt when a run completed last, null when none did
   */
  public record Timing(
      @Nullable Instant nextDue,
      List<Instant> upcoming,
      long misfires,
      @Nullable String lastRun,
      @Nullable Instant lastStartedAt,
      @Nullable Instant lastCompletedAt) {
    public Timing {
      upcoming = List.copyOf(upcoming);
    }
  }

  /**
   * Returns the configuration of a worker.
   *
   * @throws IllegalStateException if the unit is a process
   */
  public WorkerConfig workerConfig() {
    if (config instanceof WorkerConfig worker) {
      return worker;
    }
    throw new IllegalStateException("'" + identity.id + "' is no worker");
  }

  /** Returns the unit's id. */
  public UnitId id() {
    return identity.id();
  }

  /** Returns when the unit is due next, if its schedule says so. */
  public Optional<Instant> nextDue() {
    return Optional.ofNullable(timing.nextDue());
  }
}
