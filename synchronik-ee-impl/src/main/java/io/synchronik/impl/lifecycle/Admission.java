package io.synchronik.impl.lifecycle;

import io.synchronik.schedule.Overlap;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a run may start, by its unit's flags and overlap policy. */
public sealed interface Admission {
  /** It may. */
  record Admit() implements Admission {}

  /** It stays submitted until the runs in progress have ended. */
  record Wait() implements Admission {}

  /**
   * It ends as skipped.
   *
   * @param reason recorded and announced
   */
  record Skip(String reason) implements Admission {}

  /**
   * A run that wants to start.
   *
   * @param forced whether flags of the unit are passed over
   * @param patient whether it waits whatever the policy says: one of several missed times
   * @param waiting how many runs of the unit wait already
   */
  record Candidate(boolean forced, boolean patient, int waiting) {}

  /**
   * Decides.
   *
   * @param unit the unit, locked
   * @param run the run
   * @param overlap the unit's policy
   * @param now database time
   */
  static Admission decide(UnitFacts unit, Candidate run, Overlap overlap, Instant now) {
    @Nullable String obstacle = run.forced ? null : unit.obstacle(now);
    if (obstacle != null) {
      return new Skip("the unit is " + obstacle);
    }
    if (unit.activeRuns() == 0 || overlap == Overlap.ALLOW) {
      return new Admit();
    }
    if (run.patient || (overlap == Overlap.QUEUE && run.waiting == 0)) {
      return new Wait();
    }
    return new Skip(
        overlap == Overlap.QUEUE
            ? "a run is in progress and another one waits"
            : "a run is in progress");
  }
}
