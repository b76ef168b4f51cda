package io.synchronik.impl.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the rules need to know of a unit.
 *
 * @param enabled whether schedules run it
 * @param pausedBy who paused it, null when it is not paused
 * @param pausedUntil when the pause ends by itself, null for never
 * @param releasing whether it is removed as soon as its runs end
 * @param activeRuns runs admitted and not final
 * @param runsLeft how many may run, those in progress included, before the unit is disabled
 */
public record UnitFacts(
    boolean enabled,
    @Nullable String pausedBy,
    @Nullable Instant pausedUntil,
    boolean releasing,
    int activeRuns,
    long runsLeft) {
  /** How it is told that somebody has paused a unit; who follows. */
  public static final String PAUSED = "paused by ";

  static final String DISABLED = "disabled";
  static final String RELEASED = "being released";

  /** The facts of a unit whose runs are not counted. */
  public UnitFacts(
      boolean enabled,
      @Nullable String pausedBy,
      @Nullable Instant pausedUntil,
      boolean releasing,
      int activeRuns) {
    this(enabled, pausedBy, pausedUntil, releasing, activeRuns, Long.MAX_VALUE);
  }

  /** Returns whether a person's pause is in force. */
  public boolean pausedAt(Instant now) {
    return pausedBy != null && (pausedUntil == null || now.isBefore(pausedUntil));
  }

  /** Returns why the unit cannot be run without force, null when it can. */
  public @Nullable String obstacle(Instant now) {
    if (releasing) {
      return RELEASED;
    }
    if (!enabled) {
      return DISABLED;
    }
    return pausedAt(now) ? PAUSED + pausedBy : null;
  }

  /** Returns the facts with another pause, or none when nobody is given. */
  public UnitFacts withPause(@Nullable String by, @Nullable Instant until) {
    return new UnitFacts(enabled, by, by == null ? null : until, releasing, activeRuns, runsLeft);
  }

  /** Returns the facts with schedules that run the unit, or not. */
  public UnitFacts withEnabled(boolean flag) {
    return new UnitFacts(flag, pausedBy, pausedUntil, releasing, activeRuns, runsLeft);
  }

  /** Returns the facts with another number of active runs. */
  public UnitFacts withActiveRuns(int runs) {
    return new UnitFacts(enabled, pausedBy, pausedUntil, releasing, runs, runsLeft);
  }

  /**
   * Returns the facts with a bound.
   *
   * @param maxRuns after so many runs the unit is disabled; 0 for never
   * @param runs how many have ended
   */
  public UnitFacts bounded(long maxRuns, long runs) {
    return new UnitFacts(
        enabled,
        pausedBy,
        pausedUntil,
        releasing,
        activeRuns,
        maxRuns == 0 ? Long.MAX_VALUE : maxRuns - runs);
  }

  /** Returns whether no further run may begin: as many as may run have ended or are in progress. */
  public boolean full() {
    return activeRuns >= runsLeft;
  }
}
