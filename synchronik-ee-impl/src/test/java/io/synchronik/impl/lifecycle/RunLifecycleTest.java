package io.synchronik.impl.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunLifecycleTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Failure FAILURE = new Failure("java.io.IOException", "no", "", null);

  private static RunChange after(int attempt, int maxRetries, int losses, AttemptEnd end) {
    return RunLifecycle.after(attempt, maxRetries, losses, end, NOW);
  }

  @Test
  void successCompletes() {
    assertThat(after(2, 5, 0, new AttemptEnd.Succeeded(new Produced("7", "next"))))
        .isEqualTo(
            new RunChange(RunState.COMPLETED, null, 2, new Produced("7", "next"), null, null));
  }

  @Test
  void failureWaitsWhileAttemptsAreLeft() {
    AttemptEnd failed = new AttemptEnd.Failed(FAILURE, Duration.ofSeconds(3));

    assertThat(after(1, 2, 0, failed))
        .isEqualTo(
            new RunChange(
                RunState.WAITING, NOW.plusSeconds(3), 1, Produced.NOTHING, FAILURE, null));
    assertThat(after(2, 2, 0, failed).state()).isEqualTo(RunState.WAITING);
    assertThat(after(3, 2, 0, failed))
        .isEqualTo(new RunChange(RunState.FAILED, null, 3, Produced.NOTHING, FAILURE, null));
    assertThat(after(1, 0, 0, failed).state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void cancellingIsFinalWhateverIsLeft() {
    assertThat(after(1, 9, 0, new AttemptEnd.Cancelled("by anna")))
        .isEqualTo(new RunChange(RunState.CANCELED, null, 1, Produced.NOTHING, null, "by anna"));
  }

  @Test
  void interruptedAttemptDoesNotCount() {
    assertThat(after(3, 2, 2, new AttemptEnd.Interrupted()))
        .isEqualTo(new RunChange(RunState.READY, null, 2, Produced.NOTHING, null, null));
  }

  @Test
  void lossDoesNotCountAsAnAttemptAndTheThirdIsTheLast() {
    assertThat(after(1, 0, 1, new AttemptEnd.Lost(true)))
        .isEqualTo(new RunChange(RunState.READY, null, 0, Produced.NOTHING, null, null));
    assertThat(after(4, 9, 2, new AttemptEnd.Lost(true)).attempt()).isEqualTo(3);
    RunChange last = after(1, 9, 3, new AttemptEnd.Lost(true));
    assertThat(last.state()).isEqualTo(RunState.FAILED);
    assertThat(last.failure()).isNotNull();
    assertThat(last.failure().message()).contains("SYNC-0081").contains("3 times");
  }

  @Test
  void lossIsTheEndWhereThePolicySaysSo() {
    RunChange end = after(1, 9, 1, new AttemptEnd.Lost(false));

    assertThat(end.state()).isEqualTo(RunState.FAILED);
    assertThat(end.failure().message()).contains("SYNC-0084");
  }
}
