package io.synchronik.impl.lifecycle;

import io.synchronik.impl.lifecycle.Admission.Candidate;
import io.synchronik.impl.lifecycle.Admission.Patience;
import io.synchronik.schedule.Overlap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has to be true before a run starts, in the order in which it is asked. */
public enum AdmissionRule {
  /** The unit is not being released. */
  NOT_RELEASED {
    @Override
    boolean applies(UnitFacts unit, Candidate run, Overlap overlap) {
      return !run.forced() && !isPart(run);
    }

    @Override
    boolean isMet(UnitFacts unit, Instant now) {
      return !unit.releasing();
    }

    @Override
    Admission otherwise(UnitFacts unit, Candidate run, Overlap overlap, Instant now) {
      return obstructed(unit, now);
    }
  },

  /** The unit is enabled. */
  ENABLED {
    @Override
    boolean applies(UnitFacts unit, Candidate run, Overlap overlap) {
      return !run.forced() && !isPart(run);
    }

    @Override
    boolean isMet(UnitFacts unit, Instant now) {
      return unit.enabled();
    }

    @Override
    Admission otherwise(UnitFacts unit, Candidate run, Overlap overlap, Instant now) {
      return isOfPool(run) ? new Admission.Wait() : obstructed(unit, now);
    }
  },

  /** Nobody has paused the unit. */
  NOT_PAUSED {
    @Override
    boolean applies(UnitFacts unit, Candidate run, Overlap overlap) {
      return !run.forced() || isPart(run);
    }

    @Override
    boolean isMet(UnitFacts unit, Instant now) {
      return !unit.pausedAt(now);
    }

    @Override
    Admission otherwise(UnitFacts unit, Candidate run, Overlap overlap, Instant now) {
      return isOfPool(run) || isPart(run) ? new Admission.Wait() : obstructed(unit, now);
    }
  },

  /** No other run of the unit is in progress, or several may be. */
  NONE_IN_PROGRESS {
    @Override
    boolean applies(UnitFacts unit, Candidate run, Overlap overlap) {
      return overlap != Overlap.ALLOW && (!isOfPool(run) || unit.releasing());
    }

    @Override
    boolean isMet(UnitFacts unit, Instant now) {
      return unit.activeRuns() == 0;
    }

    @Override
    Admission otherwise(UnitFacts unit, Candidate run, Overlap overlap, Instant now) {
      if (run.patience() != Patience.BY_POLICY
          || (overlap == Overlap.QUEUE && run.waiting() == 0)) {
        return new Admission.Wait();
      }
      return new Admission.Skip(overlap == Overlap.QUEUE ? BUSY + " and another one waits" : BUSY);
    }
  },

  /** Fewer runs have ended or are in progress than the unit may have in all. */
  RUNS_LEFT {
    @Override
    boolean applies(UnitFacts unit, Candidate run, Overlap overlap) {
      return !run.forced() && !isPart(run);
    }

    @Override
    boolean isMet(UnitFacts unit, Instant now) {
      return !unit.full();
    }

    @Override
    Admission otherwise(UnitFacts unit, Candidate run, Overlap overlap, Instant now) {
      return isOfPool(run) ? new Admission.Wait() : new Admission.Skip(Admission.MAX_RUNS);
    }
  };

  static final List<AdmissionRule> ALL = List.of(values());

  private static final String THE_UNIT = "the unit is ";
  private static final String BUSY = "a run is in progress";

  /** Returns the rule that a run did not meet, by the reason that is kept of it. */
  public static Optional<AdmissionRule> behind(@Nullable String reason) {
    if (reason == null) {
      return Optional.empty();
    }
    if (reason.startsWith(BUSY)) {
      return Optional.of(NONE_IN_PROGRESS);
    }
    if (reason.equals(Admission.MAX_RUNS)) {
      return Optional.of(RUNS_LEFT);
    }
    if (reason.equals(THE_UNIT + UnitFacts.RELEASED)) {
      return Optional.of(NOT_RELEASED);
    }
    if (reason.equals(THE_UNIT + UnitFacts.DISABLED)) {
      return Optional.of(ENABLED);
    }
    return reason.startsWith(THE_UNIT + UnitFacts.PAUSED)
        ? Optional.of(NOT_PAUSED)
        : Optional.empty();
  }

  /** Returns who had paused the unit, by the reason that is kept of a run. */
  public static String pausedBy(String reason) {
    return reason.substring((THE_UNIT + UnitFacts.PAUSED).length());
  }

  /** Whether the rule is asked at all for a run. */
  abstract boolean applies(UnitFacts unit, Candidate run, Overlap overlap);

  abstract boolean isMet(UnitFacts unit, Instant now);

  /** What becomes of a run for which it is not met. */
  abstract Admission otherwise(UnitFacts unit, Candidate run, Overlap overlap, Instant now);

  private static boolean isPart(Candidate run) {
    return run.patience() == Patience.FOR_ALL;
  }

  private static boolean isOfPool(Candidate run) {
    return run.patience() == Patience.OF_POOL;
  }

  private static Admission obstructed(UnitFacts unit, Instant now) {
    return new Admission.Skip(THE_UNIT + unit.obstacle(now));
  }
}
