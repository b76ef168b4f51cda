package io.synchronik.impl.lifecycle;

import io.synchronik.schedule.Overlap;
import java.time.Instant;
import java.util.List;

/** Whether a run may start, by its unit's flags and overlap policy. */
public sealed interface Admission {
  /** Why a run is skipped that would be one too many. */
  String MAX_RUNS = "as many runs as maxRuns allows have ended or are in progress";

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
   * @param patience what it does while others are in progress
   * @param waiting how many runs of the unit wait already
   */
  record Candidate(boolean forced, Patience patience, int waiting) {}

  /** What a run does that cannot start at once. */
  enum Patience {
    /** What the unit's policy says. */
    BY_POLICY,
    /** It waits whatever the policy says: one of several missed times. */
    FOR_OTHERS,
    /**
     * It waits for a pause to end as well, and a disabled unit does not stop it: the run of the
     * process decided about that when it began.
     */
    FOR_ALL,
    /**
     * Its pool decides how many run at once: it waits for nothing but the end of a pause, or for
     * the unit to be enabled.
     */
    OF_POOL
  }

  /**
   * Decides.
   *
   * @param unit the unit, locked
   * @param run the run
   * @param overlap the unit's policy
   * @param now database time
   */
  static Admission decide(UnitFacts unit, Candidate run, Overlap overlap, Instant now) {
    for (AdmissionRule rule : AdmissionRule.ALL) {
      if (rule.applies(unit, run, overlap) && !rule.isMet(unit, now)) {
        return rule.otherwise(unit, run, overlap, now);
      }
    }
    return new Admit();
  }

  /**
   * A rule that was asked.
   *
   * @param rule which
   * @param met whether it is met
   */
  record Asked(AdmissionRule rule, boolean met) {}

  /** Returns all that is asked before a run may start, also what follows on something not met. */
  static List<Asked> asked(UnitFacts unit, Candidate run, Overlap overlap, Instant now) {
    return AdmissionRule.ALL.stream()
        .filter(rule -> rule.applies(unit, run, overlap))
        .map(rule -> new Asked(rule, rule.isMet(unit, now)))
        .toList();
  }
}
