package io.synchronik.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTest {
  private record Report(int errors) {}

  @Test
  void defaults() {
    Process process = Process.named("lecture").workers("a", "b").build();
    assertThat(process.name()).isEqualTo("lecture");
    assertThat(process.description()).isEmpty();
    assertThat(process.enabled()).isTrue();
    assertThat(process.config()).isEqualTo(ProcessConfig.DEFAULT);
    assertThat(process.steps())
        .containsExactly(
            new ProcessStep(WorkerRef.of("a"), List.of()),
            new ProcessStep(WorkerRef.of("b"), List.of()));
  }

  @Test
  void aDependencyMakesAGraph() throws Exception {
    Process process =
        Process.named("nightly")
            .worker("extract")
            .worker("validate")
            .after("extract")
            .worker(String.class)
            .after("validate", (Report r) -> r.errors() == 0)
            .cron("0 30 1 * * ?")
            .build();
    assertThat(process.config().order().mode()).isEqualTo(RunMode.GRAPH);
    assertThat(process.config().failurePolicy()).isEqualTo(FailurePolicy.CONTINUE);
    assertThat(process.config().schedule()).isInstanceOf(Schedule.Cron.class);
    assertThat(process.steps().get(1).after())
        .containsExactly(new Dependency(new WorkerRef.ById(new UnitId("extract")), null));
    Dependency dependency = process.steps().get(2).after().get(0);
    @SuppressWarnings("unchecked")
    Condition<Report> condition = (Condition<Report>) dependency.condition();
    assertThat(condition.test(new Report(0))).isTrue();
    assertThat(condition.test(new Report(1))).isFalse();
  }

  @Test
  void modesKeepWhatBelongsToThem() {
    Process batched = Process.named("p").batched(5).workers("a").build();
    assertThat(batched.config().order().batchSize()).isEqualTo(5);
    assertThat(batched.config().failurePolicy()).isEqualTo(FailurePolicy.CONTINUE);
    Process isolated = Process.named("p").isolated(Duration.ofSeconds(1)).workers("a").build();
    assertThat(isolated.config().order().isolationDelay()).isEqualTo(Duration.ofSeconds(1));
    assertThat(isolated.config().failurePolicy()).isEqualTo(FailurePolicy.STOP);
    assertThat(Process.named("p").batched().build().config().order().batchSize()).isEqualTo(2);
    assertThat(Process.named("p").isolated().build().config().order().isolationDelay())
        .isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void aModeAndADependencyDoNotMix() {
    ProcessDesign design = Process.named("p").parallel().workers("a", "b").after("a");
    assertThatThrownBy(design::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'p'", "PARALLEL");
    assertThatThrownBy(
            () ->
                Process.named("p")
                    .workers("a")
                    .build()
                    .with(config -> config.order(RunOrder.of(RunMode.GRAPH))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GRAPH");
  }

  @Test
  void wrongValuesAreNamed() {
    assertThatThrownBy(() -> Process.named("p").batched(0)).hasMessageContaining("batchSize");
    assertThatThrownBy(() -> Process.named("p").isolated(Duration.ofMillis(-1)))
        .hasMessageContaining("isolationDelay");
    assertThatThrownBy(() -> Process.named("p").after("a"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Process.named("not an id")).hasMessageContaining("not an id");
  }
}
