package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunRequest;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.monitor.StatisticsQuery;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.RunTimeoutException;
import io.synchronik.run.SynchronikException;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerConfigBuilder;
import io.synchronik.worker.WorkerDefinition;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Durations and times of any length and sign in calls, settings and what application code says. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class LongDurationsIT extends SharedNode {
  private static final Duration MOST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
  private static final Duration LEAST = Duration.ofSeconds(Long.MIN_VALUE);
  private static final List<Duration> ODD =
      List.of(
          MOST,
          LEAST,
          Duration.ofNanos(-1),
          Schedule.LONGEST.plusMillis(1),
          Duration.ofMillis(Long.MAX_VALUE).plusMillis(1));

  private static final List<String> ODD_TEXTS =
      List.of(
          "PT9223372036854775807.999999999S",
          "PT-9223372036854775808S",
          "PT-0.000000001S",
          "999999999999d",
          "P99999999999999999999D",
          "36500d1");

  /** A transactional worker that may take 100 years. */
  @Worker(id = "patient")
  @Transactional
  static class Patient implements Work<Integer> {
    @Override
    public Integer run(RunContext run) {
      return 1;
    }
  }

  /** Transactional work on items that may take 100 years. */
  @Worker(id = "patient-items")
  static class PatientItems implements ItemWork<Integer, Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      items.add(1);
    }

    @Override
    @Transactional
    public Integer process(Integer number, ItemContext item) {
      return number;
    }
  }

  /** Fails once and says when it is to be tried again. */
  record Hasty(Duration delay) implements Work<Integer> {
    @Override
    public Integer run(RunContext run) {
      if (run.attempt() == 1) {
        throw new IllegalStateException("once");
      }
      return run.attempt();
    }

    @Override
    public Duration retryDelay(int attempt, Duration configured) {
      return delay;
    }
  }

  /** One item, and so much time for it. */
  record Timed(Duration within) implements ItemWork<Integer, Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      items.add(1);
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      return number;
    }

    @Override
    public Optional<Duration> deadline() {
      return Optional.of(within);
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.beans(Patient.class, PatientItems.class);
  }

  @Test
  void changesOfConfigurationAreRefusedInWords() {
    register("changed", run -> "done");
    for (Duration odd : ODD) {
      for (UnaryOperator<WorkerConfigBuilder> change : changes(odd)) {
        assertRefused(() -> manager.updateWorkerConfig("changed", change));
      }
    }
    for (String field :
        List.of("every", "initialDelay", "jitter", "retryDelay", "retryMaxDelay", "timeout")) {
      for (String text : ODD_TEXTS) {
        Map<String, String> settings =
            field.equals("initialDelay") || field.equals("jitter")
                ? Map.of("every", "1h", field, text)
                : Map.of(field, text);
        assertRefused(() -> manager.updateUnitConfig("changed", settings));
      }
    }
    assertThat(manager.runWorkerById("changed").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
  }

  private static List<UnaryOperator<WorkerConfigBuilder>> changes(Duration value) {
    return List.of(
        config -> config.every(value),
        config -> config.retryDelay(value),
        config -> config.misfireThreshold(value),
        config -> config.timeout(value),
        config -> config.rate(1, value),
        config ->
            config.schedule(
                new Schedule.Every(
                    Duration.ofHours(1), IntervalMode.FIXED_DELAY, value, Duration.ZERO)));
  }

  @Test
  void hundredYearsAreTakenEverywhere() {
    for (IntervalMode mode : IntervalMode.values()) {
      String id = "hundred-" + mode;
      register(
          id,
          run -> "done",
          config ->
              config
                  .schedule(
                      new Schedule.Every(
                          Schedule.LONGEST, mode, Schedule.LONGEST, Duration.ofDays(36_499)))
                  .misfireThreshold(Schedule.LONGEST)
                  .timeout(Schedule.LONGEST));
      assertThat(unit(id).nextDue()).isPresent();
      assertThat(manager.runWorkerById(id).join(Probe.PATIENCE).state())
          .isEqualTo(RunState.COMPLETED);
      assertThat(unit(id).nextDue()).isPresent();
    }
    for (String id : List.of("patient", "patient-items")) {
      manager.updateWorkerConfig(
          id, config -> config.timeout(Schedule.LONGEST).maxRetries(1).retryDelay(Duration.ZERO));
      assertThat(manager.runWorkerById(id).join(Probe.PATIENCE).state())
          .isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void delaysThatWorkAsksForAreShortened() {
    for (Duration delay : ODD) {
      String id = "hasty-" + ODD.indexOf(delay);
      register(id, new Hasty(delay), config -> config.maxRetries(1));
      RunHandle run = manager.runWorkerById(id);
      if (delay.isNegative()) {
        assertThat(run.join(Probe.PATIENCE).result().as(Integer.class)).isEqualTo(2);
      } else {
        awaitState(run, RunState.WAITING);
        assertThat(run.cancel()).isTrue();
        assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
      }
    }
  }

  @Test
  void deadlinesThatWorkAsksForAreShortened() {
    for (Duration within : ODD) {
      String id = "timed-" + ODD.indexOf(within);
      manager.registerUnit(ItemSource.worker(id, Integer.class, new Timed(within)));
      assertThat(manager.runWorkerById(id).join(Probe.PATIENCE).state())
          .isEqualTo(within.isNegative() ? RunState.FAILED : RunState.COMPLETED);
    }
  }

  @Test
  void anyRunIsJoinedForAnyTime() {
    Held held = Held.interruptibly();
    register("joined", held);
    RunHandle run = manager.runWorkerById("joined");
    held.awaitBegun();
    for (Duration atMost : List.of(LEAST, Duration.ofNanos(-1), Duration.ZERO)) {
      assertThatThrownBy(() -> run.join(atMost))
          .isInstanceOf(RunTimeoutException.class)
          .hasMessageStartingWith("SYNC-0064");
    }
    held.letGo();
    for (Duration atMost : List.of(MOST, Schedule.LONGEST)) {
      assertThat(run.join(atMost).state()).isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void timesThatNoDatabaseKeepsAreRefused() {
    manager.registerUnit(
        ItemSource.worker("kept-open", Integer.class, new Timed(Duration.ofHours(1))));
    Held held = Held.interruptibly();
    manager.registerUnit(WorkerDefinition.of("times", held));
    RunHandle run = manager.runUnitById("times", RunRequest.PLAIN);
    held.awaitBegun();
    for (Instant time : List.of(Instant.MAX, Instant.MIN)) {
      assertRefused(() -> manager.pause("times", time));
      assertRefused(() -> manager.items().add(run.id().value(), NewItem.of(1).notBefore(time)));
      assertRefused(() -> manager.items().add(run.id().value(), NewItem.of(1).withDeadline(time)));
    }
    for (Instant from : List.of(Instant.MAX.minusSeconds(3600), Instant.MIN, Instant.EPOCH)) {
      StatisticsQuery query =
          new StatisticsQuery(from, from.plusSeconds(3600), Duration.ofMinutes(5));
      assertThat(manager.monitoring().statistics(query).intervals()).isEmpty();
    }
    held.letGo();
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfAny(InvalidConfigurationException.class, SynchronikException.class)
        .hasMessageStartingWith("SYNC-")
        .hasMessageNotContaining("select")
        .hasMessageNotContaining("overflow");
  }
}
