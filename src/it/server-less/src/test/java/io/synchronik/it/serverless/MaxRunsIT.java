package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunRequest;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.UnitNotRunnableException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Units that are disabled after a number of runs. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class MaxRunsIT extends SharedNode {

  @Test
  void scheduleEndsAfterSoManyRuns() throws Exception {
    register("three", run -> "done", config -> config.every(Duration.ofMillis(20)).maxRuns(3));

    Await.until(
        Probe.PATIENCE,
        () -> !unit("three").control().enabled() && unit("three").nextDue().isEmpty());

    assertThat(
            database.number(
                "select count(*) from sk_run where unit = 'three' and state <> 'skipped'"))
        .isEqualTo(3);
    assertThat(unit("three").statistics().completed()).isEqualTo(3);
  }

  @Test
  void skippedRunsDoNotCount() {
    Held held = Held.interruptibly();
    register("two", held, config -> config.maxRuns(2));
    RunHandle first = manager.runWorkerById("two");
    held.awaitBegun();
    for (int i = 0; i < 3; i++) {
      assertThat(manager.runWorkerById("two").join(Probe.PATIENCE).state())
          .isEqualTo(RunState.SKIPPED);
    }
    held.letAllGo();
    first.join(Probe.PATIENCE);
    assertThat(unit("two").control().enabled()).isTrue();

    assertThat(manager.runWorkerById("two").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);

    assertThat(unit("two").control().enabled()).isFalse();
    assertThatThrownBy(() -> manager.runWorkerById("two"))
        .isInstanceOf(UnitNotRunnableException.class)
        .hasMessageContaining("disabled");
    RunHandle forced = manager.runUnitById("two", RunRequest.PLAIN.forced());
    assertThat(forced.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void failedAndCancelledRunsCount() {
    Held held = Held.interruptibly();
    register(
        "counted",
        run -> {
          held.run(run);
          throw new IllegalStateException("no");
        },
        config -> config.maxRuns(2));
    RunHandle cancelled = manager.runWorkerById("counted");
    held.awaitBegun();
    cancelled.cancel();
    assertThat(cancelled.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    assertThat(unit("counted").control().enabled()).isTrue();
    held.letAllGo();

    manager.runWorkerById("counted").join(Probe.PATIENCE);

    assertThat(unit("counted").control().enabled()).isFalse();
    assertThat(unit("counted").statistics().runs()).isEqualTo(2);
    assertThat(unit("counted").statistics().failed()).isEqualTo(1);
  }
}
