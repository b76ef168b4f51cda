package io.synchronik.impl.net.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class SoundnessPropertiesTest {
  @Provide
  Arbitrary<WorkflowNet> nets() {
    return RandomNets.any();
  }

  @Provide
  Arbitrary<WorkflowNet> resetting() {
    return RandomNets.any(RandomNets.Kind.RESETS);
  }

  @Provide
  Arbitrary<WorkflowNet> orJoining() {
    return RandomNets.any(RandomNets.Kind.RESETS, RandomNets.Kind.OR_JOINS);
  }

  @Property(tries = 5_000)
  void reductionKeepsTheVerdictWithOrJoins(@ForAll("orJoining") WorkflowNet net) {
    reductionKeeps(net);
  }

  @Property(tries = 20_000)
  void reductionKeepsTheVerdict(@ForAll("nets") WorkflowNet net) {
    reductionKeeps(net);
  }

  @Property(tries = 20_000)
  void reductionKeepsTheVerdictWithResets(@ForAll("resetting") WorkflowNet net) {
    reductionKeeps(net);
  }

  private static void reductionKeeps(WorkflowNet net) {
    Exploration.Result whole = Exploration.deep(net, 5_000);
    Assume.that(whole.flaw() != null || whole.complete());

    Verdict verdict = Soundness.of(net);
    Statistics.label("verdict")
        .collect(Told.of(verdict))
        .coverage(coverage -> coverage.check("sound").percentage(percent -> percent > 3));

    assertThat(verdict instanceof Verdict.Sound)
        .as(net + ", " + whole + ", " + verdict)
        .isEqualTo(whole.flaw() == null);
    if (verdict instanceof Verdict.Unsound unsound) {
      Replay.check(net, unsound);
    }
  }
}
