package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.UnitView;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.FailurePolicy;
import io.synchronik.process.Process;
import io.synchronik.process.ProcessConfig;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import io.synchronik.process.WorkerProcess;
import io.synchronik.process.WorkerProcess.Step;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitKind;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerDefinition;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes as annotations, producers, calls and settings declare them. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ProcessDeclarationIT extends SharedNode {
  private static final TypeLiteral<Probe<String>> PROBE = new TypeLiteral<>() {};
  private static final String HERE = ProcessDeclarationIT.class.getName();

  /** Does nothing. */
  abstract static class Nothing implements Action {
    @Override
    public void run(RunContext run) {}
  }

  @Worker(id = "extract")
  static class Extract extends Nothing {}

  @ApplicationScoped
  static class Validate {
    @Worker(id = "validate")
    void validate() {}
  }

  @ApplicationScoped
  static class Publishing {
    @Worker(id = "publish")
    void publish() {}

    @Worker(id = "quarantine")
    void quarantine() {}
  }

  @Dependent
  static class Registered extends Nothing {}

  @WorkerProcess(
      id = "full",
      name = "Full ${what}",
      description = "All elements",
      workers = {Extract.class, Validate.class},
      mode = RunMode.BATCHED,
      batchSize = 3,
      isolationDelay = "2s",
      failurePolicy = "${policy}",
      every = "15m",
      intervalMode = IntervalMode.FIXED_DELAY,
      initialDelay = "1h",
      jitter = "PT1M",
      misfire = Misfire.CATCH_UP,
      misfireThreshold = "2m",
      overlap = Overlap.QUEUE,
      maxRuns = 12)
  static class Full {}

  @WorkerProcess(id = "plain", workers = Extract.class)
  static class Plain {}

  @WorkerProcess(
      id = "graph-${what}",
      cron = "0 30 1 * * ?",
      steps = {
        @Step(worker = Extract.class),
        @Step(worker = Validate.class, after = Extract.class),
        @Step(id = "${publisher}", after = Validate.class, afterIds = "extract")
      })
  static class Graph {}

  @WorkerProcess(
      id = "overridden",
      steps = {@Step(id = "extract"), @Step(id = "validate")},
      every = "1s",
      mode = RunMode.PARALLEL)
  static class Overridden {}

  @WorkerProcess(id = "off", workers = Extract.class, enabled = "false", every = "10ms")
  static class Off {}

  @RequestScoped
  static class Conversation {
    String cron() {
      return "0 30 1 * * ?";
    }
  }

  @Dependent
  static class Tool {
    @Inject Probe<String> probe;
    private boolean destroyed;

    boolean works() {
      return !destroyed;
    }

    @PreDestroy
    void end() {
      destroyed = true;
      probe.accept("tool destroyed");
    }
  }

  @ApplicationScoped
  static class Jobs {
    @Produces
    @Named("kept")
    static final Process KEPT = Process.named("kept").workers("extract", "validate").build();

    @Produces
    Process nightly(Tool tool, Conversation conversation) {
      return Process.named("nightly")
          .name("Nightly")
          .worker(Extract.class)
          .worker(Validate.class)
          .after(Extract.class)
          .worker("publish")
          .after(Validate.class, result -> tool.works())
          .cron(conversation.cron(), ZoneId.of("Europe/Oslo"))
          .build();
    }

    @Produces
    @Named("produced-off")
    Process producedOff() {
      return Process.named("produced-off").parallel().workers("extract").build();
    }
  }

  private Probe<String> probe;

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    probe = new Probe<>();
    return builder
        .beans(
            Extract.class,
            Validate.class,
            Publishing.class,
            Registered.class,
            Full.class,
            Plain.class,
            Graph.class,
            Overridden.class,
            Off.class,
            Conversation.class,
            Tool.class,
            Jobs.class)
        .instance(PROBE, probe)
        .setting("what", "one")
        .setting("policy", "tolerate")
        .setting("publisher", "publish")
        .setting("synchronik.unit.\"overridden\".cron", "0 0 3 * * ?")
        .setting("synchronik.unit.overridden.zone", "UTC")
        .setting("synchronik.unit.\"overridden\".mode", "isolated")
        .setting("synchronik.unit.\"overridden\".isolation-delay", "3s")
        .setting("synchronik.unit.\"produced-off\".enabled", "false")
        .setting("synchronik.unit.\"produced-off\".mode", "sequential")
        .setting("synchronik.unit.\"called-off\".enabled", "false")
        .setting("synchronik.unit.\"called-off\".max-runs", "7");
  }

  private UnitView process(String id) {
    UnitView view = unit(id);
    assertThat(view.identity().kind()).isEqualTo(UnitKind.PROCESS);
    assertThat(view.identity().known()).isTrue();
    return view;
  }

  @Test
  void allElementsAreRead() {
    assertThat(process("full").identity().name()).isEqualTo("Full one");
    assertThat(unit("full").identity().description()).isEqualTo("All elements");
    assertThat(unit("full").identity().implementation()).isEqualTo(Full.class.getName());
    assertThat(unit("full").config())
        .isEqualTo(
            new ProcessConfig(
                new Schedule.Every(
                    Duration.ofMinutes(15),
                    IntervalMode.FIXED_DELAY,
                    Duration.ofHours(1),
                    Duration.ofMinutes(1)),
                new MisfirePolicy(Misfire.CATCH_UP, Duration.ofMinutes(2)),
                Overlap.QUEUE,
                new RunOrder(RunMode.BATCHED, 3, Duration.ofSeconds(2)),
                FailurePolicy.TOLERATE,
                12));
    assertThat(unit("full").timing().nextDue()).isNotNull();
  }

  @Test
  void whatIsNotSaidIsTheDefault() {
    assertThat(process("plain").config()).isEqualTo(ProcessConfig.DEFAULT);
    assertThat(unit("plain").identity().name()).isEqualTo("plain");
    assertThat(unit("plain").control().enabled()).isTrue();
    assertThat(process("off").control().enabled()).isFalse();
  }

  @Test
  void dependenciesMakeAGraph() {
    ProcessConfig config = (ProcessConfig) process("graph-one").config();

    assertThat(config.order().mode()).isEqualTo(RunMode.GRAPH);
    assertThat(config.failurePolicy()).isEqualTo(FailurePolicy.CONTINUE);
    assertThat(config.schedule()).isInstanceOf(Schedule.Cron.class);
  }

  @Test
  void producersMakeProcesses() {
    assertThat(process("nightly").identity().name()).isEqualTo("Nightly");
    assertThat(unit("nightly").identity().implementation()).isEqualTo(HERE + "$Jobs.nightly()");
    assertThat(unit("nightly").config().schedule())
        .isEqualTo(new Schedule.Cron("0 30 1 * * ?", ZoneId.of("Europe/Oslo"), Duration.ZERO));
    assertThat(process("kept").identity().implementation()).isEqualTo(HERE + "$Jobs.KEPT");
    assertThat(unit("kept").config()).isEqualTo(ProcessConfig.DEFAULT);
    assertThat(probe.seen()).isEmpty();
  }

  @Test
  void settingsWin() {
    ProcessConfig overridden = (ProcessConfig) process("overridden").config();
    assertThat(overridden.schedule())
        .isEqualTo(new Schedule.Cron("0 0 3 * * ?", ZoneId.of("UTC"), Duration.ZERO));
    assertThat(overridden.order())
        .isEqualTo(new RunOrder(RunMode.ISOLATED, 2, Duration.ofSeconds(3)));
    assertThat(overridden.failurePolicy()).isEqualTo(FailurePolicy.STOP);

    ProcessConfig produced = (ProcessConfig) process("produced-off").config();
    assertThat(unit("produced-off").control().enabled()).isFalse();
    assertThat(produced.order().mode()).isEqualTo(RunMode.SEQUENTIAL);
    assertThat(produced.failurePolicy()).isEqualTo(FailurePolicy.STOP);

    manager.registerUnit(Process.named("called-off").worker(Extract.class).build());
    assertThat(process("called-off").control().enabled()).isFalse();
    assertThat(unit("called-off").config().maxRuns()).isEqualTo(7);
  }

  @Test
  void callsRegisterProcesses() {
    manager.registerUnit(WorkerDefinition.of("from-class", Registered.class));
    register("from-code", run -> null);
    manager.registerUnit(
        Process.named("called")
            .description("By a call")
            .worker(Registered.class)
            .workers("from-code", "quarantine")
            .worker(Extract.class)
            .parallel()
            .build());

    assertThat(process("called").identity().description()).isEqualTo("By a call");
    assertThat(unit("called").identity().implementation()).isEqualTo("registered by a call");
    assertThat(((ProcessConfig) unit("called").config()).order().mode())
        .isEqualTo(RunMode.PARALLEL);
  }

  @Test
  void wrongProcessIsRefusedWithAllErrors() {
    Process wrong =
        Process.named("wrong")
            .worker(Publishing.class)
            .worker(Tool.class)
            .worker("nowhere")
            .worker("extract")
            .after("validate")
            .worker("plain")
            .build();

    assertThatThrownBy(() -> manager.registerUnit(wrong))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("SYNC-0017 5 definition error(s)")
        .hasMessageContaining("'wrong' (registered by a call)")
        .hasMessageContainingAll("SYNC-0023", Tool.class.getName())
        .hasMessageContaining("SYNC-0024")
        .hasMessageContaining("name one of [publish, quarantine] by its id")
        .hasMessageContaining("there is no worker 'nowhere'")
        .hasMessageContaining("there is no worker 'plain'")
        .hasMessageContaining("depends on 'validate', which is not part of the process");
    assertThat(manager.getUnitById("wrong")).isEmpty();
  }

  @Test
  void idOfAnotherUnitIsRefused() {
    assertThatThrownBy(
            () -> manager.registerUnit(Process.named("extract").workers("validate").build()))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("SYNC-0007")
        .hasMessageContaining(Extract.class.getName())
        .hasMessageContaining("registered by a call");
  }
}
