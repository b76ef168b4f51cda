package io.synchronik.impl.due;

import io.synchronik.impl.lifecycle.AdmissionRule;
import io.synchronik.impl.store.monitor.DueStore;
import io.synchronik.monitor.DueTime;
import io.synchronik.monitor.DueVerdict;
import io.synchronik.run.RunState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is said of due times. */
final class Verdicts {
  private Verdicts() {}

  /** Of one that got a run. */
  static DueTime of(DueStore.Made made, boolean missed) {
    Instant started = made.startedAt();
    DueTime.DueRun run =
        new DueTime.DueRun(
            made.id(),
            made.state(),
            started == null ? null : Duration.between(made.scheduledAt(), started));
    String reason = made.state().isFinal() ? made.reason() : null;
    if (made.state() == RunState.SKIPPED) {
      return new DueTime(made.scheduledAt(), skipped(reason), run, reason);
    }
    return new DueTime(
        made.scheduledAt(),
        DueVerdict.RAN,
        run,
        reason == null && missed ? "nobody fired it in time: it is made up for" : reason);
  }

  private static DueVerdict skipped(@Nullable String reason) {
    AdmissionRule rule = AdmissionRule.behind(reason).orElse(null);
    if (rule == AdmissionRule.NOT_PAUSED) {
      return DueVerdict.PAUSED;
    }
    return rule == AdmissionRule.ENABLED ? DueVerdict.DISABLED : DueVerdict.SKIPPED;
  }

  /** Of one of which nothing is kept. */
  static DueTime ofNothing(Instant at, boolean enabled) {
    return enabled
        ? new DueTime(at, DueVerdict.UNKNOWN, null, "nothing is kept of what became of it")
        : new DueTime(at, DueVerdict.DISABLED, null, null);
  }

  /** Of one that nobody has fired. */
  static DueTime ahead(Instant at, DueUnit unit) {
    return new DueTime(
        at, at.isAfter(unit.now()) ? DueVerdict.COMING : DueVerdict.DUE, null, unit.obstacle(at));
  }
}
