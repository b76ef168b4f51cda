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
 */
public record UnitFacts(
    boolean enabled,
    @Nullable String pausedBy,
    @Nullable Instant pausedUntil,
    boolean releasing,
    int activeRuns) {

  /** Returns whether a person's pause is in force. */
  public boolean pausedAt(Instant now) {
    return pausedBy != null && (pausedUntil == null || now.isBefore(pausedUntil));
  }

  /** Returns why the unit cannot be run without force, null when it can. */
  public @Nullable String obstacle(Instant now) {
    if (releasing) {
      return "being released";
    }
    if (!enabled) {
      return "disabled";
    }
    return pausedAt(now) ? "paused by " + pausedBy : null;
  }

  /** Returns the facts with another number of active runs. */
  public UnitFacts withActiveRuns(int runs) {
    return new UnitFacts(enabled, pausedBy, pausedUntil, releasing, runs);
  }
}
