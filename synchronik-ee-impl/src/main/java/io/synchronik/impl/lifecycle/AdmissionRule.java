package io.synchronik.impl.lifecycle;

import io.synchronik.impl.lifecycle.Admission.Candidate;
import io.synchronik.impl.lifecycle.Admission.Patience;
import io.synchronik.schedule.Overlap;
import java.time.Instant;
import java.util.List;

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
      return new Admission.Skip(
          overlap == Overlap.QUEUE
              ? "a run is in progress and another one waits"
              : "a run is in progress");
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
    return new Admission.Skip("the unit is " + unit.obstacle(now));
  }
}
