package io.synchronik.impl.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.lifecycle.Admission.Admit;
import io.synchronik.impl.lifecycle.Admission.Candidate;
import io.synchronik.impl.lifecycle.Admission.Patience;
import io.synchronik.impl.lifecycle.Admission.Skip;
import io.synchronik.impl.lifecycle.Admission.Wait;
import io.synchronik.schedule.Overlap;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdmissionTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final UnitFacts IDLE = new UnitFacts(true, null, null, false, 0);
  private static final Candidate PLAIN = new Candidate(false, Patience.BY_POLICY, 0);

  private static Admission decide(UnitFacts unit, Candidate run, Overlap overlap) {
    return Admission.decide(unit, run, overlap, NOW);
  }

  @ParameterizedTest
  @EnumSource(Overlap.class)
  void idleUnitMayRun(Overlap overlap) {
    assertThat(decide(IDLE, PLAIN, overlap)).isEqualTo(new Admit());
    assertThat(decide(IDLE, new Candidate(false, Patience.FOR_OTHERS, 9), overlap))
        .isEqualTo(new Admit());
  }

  @Test
  void busyUnitFollowsItsPolicy() {
    UnitFacts busy = IDLE.withActiveRuns(1);

    assertThat(decide(busy, PLAIN, Overlap.SKIP)).isEqualTo(new Skip("a run is in progress"));
    assertThat(decide(busy, PLAIN, Overlap.QUEUE)).isEqualTo(new Wait());
    assertThat(decide(busy, new Candidate(false, Patience.BY_POLICY, 1), Overlap.QUEUE))
        .isEqualTo(new Skip("a run is in progress and another one waits"));
    assertThat(decide(busy, PLAIN, Overlap.ALLOW)).isEqualTo(new Admit());
  }

  @ParameterizedTest
  @EnumSource(
      value = Overlap.class,
      names = {"SKIP", "QUEUE"})
  void missedTimesWaitWhateverThePolicySays(Overlap overlap) {
    assertThat(
            decide(IDLE.withActiveRuns(1), new Candidate(false, Patience.FOR_OTHERS, 50), overlap))
        .isEqualTo(new Wait());
  }

  @Test
  void flagsKeepRunsFromStarting() {
    UnitFacts disabled = new UnitFacts(false, null, null, false, 0);
    UnitFacts paused = new UnitFacts(true, "anna", null, false, 0);
    UnitFacts releasing = new UnitFacts(true, null, null, true, 0);

    assertThat(decide(disabled, PLAIN, Overlap.ALLOW)).isEqualTo(new Skip("the unit is disabled"));
    assertThat(decide(paused, PLAIN, Overlap.ALLOW))
        .isEqualTo(new Skip("the unit is paused by anna"));
    assertThat(decide(releasing, PLAIN, Overlap.ALLOW))
        .isEqualTo(new Skip("the unit is being released"));
  }

  @Test
  void maxRunsIsABoundForRunsInProgressToo() {
    UnitFacts two = IDLE.withActiveRuns(2);

    assertThat(decide(two.bounded(3, 0), PLAIN, Overlap.ALLOW)).isEqualTo(new Admit());
    assertThat(decide(two.bounded(3, 1), PLAIN, Overlap.ALLOW))
        .isEqualTo(new Skip(Admission.MAX_RUNS));
    assertThat(decide(IDLE.bounded(3, 2), PLAIN, Overlap.SKIP)).isEqualTo(new Admit());
    assertThat(decide(IDLE.bounded(3, 3), PLAIN, Overlap.SKIP))
        .isEqualTo(new Skip(Admission.MAX_RUNS));
    assertThat(decide(two.bounded(0, 1000), PLAIN, Overlap.ALLOW)).isEqualTo(new Admit());
  }

  @Test
  void maxRunsHoldsBackWhatMayWaitAndLetsWhatIsForcedOrAPartBegin() {
    UnitFacts full = IDLE.withActiveRuns(1).bounded(1, 0);

    assertThat(decide(full, PLAIN, Overlap.QUEUE)).isEqualTo(new Wait());
    assertThat(decide(full, new Candidate(false, Patience.FOR_OTHERS, 5), Overlap.SKIP))
        .isEqualTo(new Wait());
    assertThat(decide(full, new Candidate(false, Patience.OF_POOL, 0), Overlap.ALLOW))
        .isEqualTo(new Wait());
    assertThat(decide(full, new Candidate(true, Patience.BY_POLICY, 0), Overlap.ALLOW))
        .isEqualTo(new Admit());
    assertThat(decide(full, new Candidate(false, Patience.FOR_ALL, 0), Overlap.ALLOW))
        .isEqualTo(new Admit());
  }

  @Test
  void forcePassesOverFlagsAndNotOverTheOverlap() {
    UnitFacts paused = new UnitFacts(false, "anna", null, false, 0);
    Candidate forced = new Candidate(true, Patience.BY_POLICY, 0);

    assertThat(decide(paused, forced, Overlap.SKIP)).isEqualTo(new Admit());
    assertThat(decide(paused.withActiveRuns(1), forced, Overlap.SKIP))
        .isEqualTo(new Skip("a run is in progress"));
  }

  @Test
  void partOfAProcessWaitsForOthersAndForPauses() {
    Candidate part = new Candidate(false, Patience.FOR_ALL, 3);
    UnitFacts paused = new UnitFacts(true, "anna", null, false, 0);
    UnitFacts disabled = new UnitFacts(false, null, null, false, 0);

    assertThat(decide(IDLE, part, Overlap.SKIP)).isEqualTo(new Admit());
    assertThat(decide(IDLE.withActiveRuns(1), part, Overlap.SKIP)).isEqualTo(new Wait());
    assertThat(decide(IDLE.withActiveRuns(1), part, Overlap.ALLOW)).isEqualTo(new Admit());
    assertThat(decide(paused, part, Overlap.ALLOW)).isEqualTo(new Wait());
    assertThat(decide(disabled, part, Overlap.SKIP)).isEqualTo(new Admit());
  }

  @ParameterizedTest
  @EnumSource(Overlap.class)
  void taskOfAPoolWaitsForPausesAloneWhateverThePolicySays(Overlap overlap) {
    Candidate task = new Candidate(false, Patience.OF_POOL, 3);
    UnitFacts paused = new UnitFacts(true, "anna", null, false, 0);
    UnitFacts disabled = new UnitFacts(false, null, null, false, 0);
    UnitFacts releasing = new UnitFacts(true, null, null, true, 1);

    assertThat(decide(IDLE, task, overlap)).isEqualTo(new Admit());
    assertThat(decide(IDLE.withActiveRuns(9), task, overlap)).isEqualTo(new Admit());
    assertThat(decide(paused, task, overlap)).isEqualTo(new Wait());
    assertThat(decide(disabled, task, overlap)).isEqualTo(new Wait());
    assertThat(decide(releasing, task, overlap)).isEqualTo(new Skip("the unit is being released"));
  }

  @Test
  void pauseEndsAtItsTime() {
    UnitFacts until = new UnitFacts(true, "anna", NOW, false, 0);

    assertThat(until.pausedAt(NOW.minusMillis(1))).isTrue();
    assertThat(until.pausedAt(NOW)).isFalse();
    assertThat(decide(until, PLAIN, Overlap.SKIP)).isEqualTo(new Admit());
  }
}
