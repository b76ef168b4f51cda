package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.worker.Action;
import io.synchronik.worker.ItemLimits;
import io.synchronik.worker.NodeLoss;
import io.synchronik.worker.RetryPolicy;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerConfig;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers as the code and the settings declare them, and how their beans are used. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class DeclarationIT extends SharedNode {
  private static final TypeLiteral<Probe<String>> PROBE = new TypeLiteral<>() {};

  @Worker(
      id = "full",
      name = "Full ${what}",
      description = "All elements",
      every = "15m",
      mode = IntervalMode.FIXED_DELAY,
      initialDelay = "1h",
      jitter = "PT1M",
      misfire = Misfire.CATCH_UP,
      misfireThreshold = "2m",
      overlap = Overlap.QUEUE,
      maxRetries = 3,
      retryDelay = "2s",
      retryFactor = 2.5,
      retryMaxDelay = "1m",
      retryJitter = 0.5,
      onNodeLoss = NodeLoss.FAIL,
      timeout = "90s",
      maxRuns = 12)
  static class Full implements Action {
    @Override
    public void run(RunContext run) {}
  }

  @ApplicationScoped
  static class Methods {
    @Worker(id = "plain")
    void plain() {}

    @Worker(id = "expression", every = "${interval}")
    void expression() {}

    @Worker(id = "byDefault", every = "${nowhere:20m}", initialDelay = "1h")
    void byDefault() {}

    @Worker(id = "off", every = "off")
    void off() {}

    @Worker(id = "cron-disabled", cron = "disabled")
    void cronDisabled() {}

    @Worker(id = "zoned", cron = "0 0 3 * * ?", zone = "Europe/Oslo")
    void zoned() {}

    @Worker(id = "overridden", every = "1s", maxRetries = 1)
    void overridden() {}

    @Worker(id = "switched-off", enabled = "false", every = "10ms")
    void switchedOff() {}

    @Worker(id = "switched-off-by-setting", every = "10ms")
    void switchedOffBySetting() {}

    @Worker(id = "id-${what}")
    void idOfExpression() {}
  }

  @Dependent
  static class Tool {
    @Inject Probe<String> probe;

    @PreDestroy
    void end() {
      probe.accept("tool destroyed");
    }
  }

  @RequestScoped
  static class Conversation {
    private int lines;

    int say() {
      return ++lines;
    }
  }

  @InterceptorBinding
  @Retention(RetentionPolicy.RUNTIME)
  @interface Noted {}

  @Noted
  @Interceptor
  @Priority(Interceptor.Priority.APPLICATION)
  static class Note {
    @Inject Probe<String> probe;

    @AroundInvoke
    Object note(InvocationContext call) throws Exception {
      probe.accept("noted " + call.getMethod().getName());
      return call.proceed();
    }
  }

  @ApplicationScoped
  static class Injected {
    @Noted
    @Worker(id = "injected")
    int talk(Tool tool, Conversation conversation, RunContext run) {
      return conversation.say() * 10 + conversation.say();
    }
  }

  @Worker(id = "instance")
  @Noted
  static class Instance implements Work<Integer> {
    @Inject Probe<String> probe;
    private int calls;

    @Override
    public Integer run(RunContext run) {
      return ++calls;
    }

    @PreDestroy
    void end() {
      probe.accept("instance destroyed");
    }
  }

  private Probe<String> probe;

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    probe = new Probe<>();
    return builder
        .beans(
            Full.class,
            Methods.class,
            Tool.class,
            Conversation.class,
            Note.class,
            Injected.class,
            Instance.class)
        .instance(PROBE, probe)
        .setting("what", "one")
        .setting("interval", "25m")
        .setting("synchronik.unit.\"overridden\".every", "off")
        .setting("synchronik.unit.overridden.max-retries", "5")
        .setting("synchronik.unit.\"overridden\".timeout", "3m")
        .setting("synchronik.unit.\"switched-off-by-setting\".enabled", "false");
  }

  @Test
  void allElementsAreRead() {
    assertThat(unit("full").identity().name()).isEqualTo("Full one");
    assertThat(unit("full").identity().description()).isEqualTo("All elements");
    assertThat(unit("full").workerConfig())
        .isEqualTo(
            new WorkerConfig(
                new Schedule.Every(
                    Duration.ofMinutes(15),
                    IntervalMode.FIXED_DELAY,
                    Duration.ofHours(1),
                    Duration.ofMinutes(1)),
                new MisfirePolicy(Misfire.CATCH_UP, Duration.ofMinutes(2)),
                Overlap.QUEUE,
                new RetryPolicy(
                    3, Duration.ofSeconds(2), 2.5, Duration.ofMinutes(1), 0.5, NodeLoss.FAIL),
                Duration.ofSeconds(90),
                12,
                ItemLimits.NONE,
                null));
  }

  @Test
  void whatIsNotSaidIsTheDefault() {
    assertThat(unit("plain").workerConfig()).isEqualTo(WorkerConfig.DEFAULT);
    assertThat(unit("plain").identity().name()).isEqualTo("plain");
    assertThat(unit("plain").identity().implementation())
        .isEqualTo(Methods.class.getName() + ".plain()");
  }

  @Test
  void expressionsAreExpanded() {
    assertThat(interval("expression")).isEqualTo(Duration.ofMinutes(25));
    assertThat(interval("byDefault")).isEqualTo(Duration.ofMinutes(20));
    assertThat(manager.getUnitById("id-one")).isPresent();
  }

  private Duration interval(String unit) {
    return ((Schedule.Every) unit(unit).workerConfig().schedule()).interval();
  }

  @Test
  void schedulesCanBeOff() {
    assertThat(unit("off").workerConfig().schedule()).isNull();
    assertThat(unit("cron-disabled").workerConfig().schedule()).isNull();
    assertThat(unit("zoned").workerConfig().schedule())
        .isEqualTo(new Schedule.Cron("0 0 3 * * ?", ZoneId.of("Europe/Oslo"), Duration.ZERO));
  }

  @Test
  void settingsOverrideTheCode() {
    assertThat(unit("overridden").workerConfig().schedule()).isNull();
    assertThat(unit("overridden").workerConfig().retry().maxRetries()).isEqualTo(5);
    assertThat(unit("overridden").workerConfig().timeout()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void disabledUnitsDoNotRun() {
    manager.runLoopOnce();
    for (String id : new String[] {"switched-off", "switched-off-by-setting"}) {
      assertThat(unit(id).control().enabled()).isFalse();
      assertThat(unit(id).nextDue()).isEmpty();
      assertThat(unit(id).timing().lastRun()).isNull();
    }
  }

  @Test
  void methodIsCalledThroughItsBeanWithAnOwnRequest() {
    for (int i = 0; i < 2; i++) {
      assertThat(manager.runWorkerById("injected").join(Probe.PATIENCE).result().as(Integer.class))
          .isEqualTo(12);
      probe.awaitNext(told -> told.equals("noted talk"));
      probe.awaitNext(told -> told.equals("tool destroyed"));
    }
  }

  @Test
  void dependentInstanceLivesForOneAttempt() {
    for (int i = 0; i < 2; i++) {
      assertThat(manager.runWorkerById("instance").join(Probe.PATIENCE).result().as(Integer.class))
          .isEqualTo(1);
    }
    probe.awaitCount(2, told -> told.equals("instance destroyed"), Probe.PATIENCE);
    probe.awaitCount(2, told -> told.equals("noted run"), Probe.PATIENCE);
  }
}
