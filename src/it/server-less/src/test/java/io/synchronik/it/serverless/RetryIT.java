package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitRetried;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.Failure;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.RetryPolicy;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Attempts after the first. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class RetryIT extends SharedNode {

  @Test
  void lastAttemptDecides() {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    register(
        "always-wrong",
        run -> {
          Exception e =
              new IOException("attempt " + run.attempt(), new IllegalStateException("no host"));
          thrown.set(e);
          throw e;
        },
        config -> config.maxRetries(2).retryDelay(Duration.ofMillis(10)));

    RunHandle run = manager.runWorkerById("always-wrong");
    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    Failure failure = outcome.failure();
    assertThat(failure.type()).isEqualTo(IOException.class.getName());
    assertThat(failure.message()).contains("attempt 3").contains("no host");
    assertThat(failure.stackTrace()).contains("RetryIT");
    assertThat(retries(run)).extracting(UnitRetried::attempt).containsExactly(1, 2);
    assertThat(retries(run))
        .extracting(retried -> retried.failure().message())
        .satisfiesExactly(
            message -> assertThat(message).contains("attempt 1"),
            message -> assertThat(message).contains("attempt 2"));
    assertThat(allEventsOf(run))
        .filteredOn(UnitFailed.class::isInstance)
        .singleElement()
        .satisfies(event -> isTheLast((UnitFailed) event, thrown.get()));
    assertThat(unit("always-wrong").status()).isEqualTo(UnitStatus.ERROR);
    assertThat(unit("always-wrong").statistics().failed()).isEqualTo(1);
    assertThat(unit("always-wrong").statistics().runs()).isEqualTo(1);
    assertThat(view(run).execution().failure().message()).isEqualTo(failure.message());
  }

  private static void isTheLast(UnitFailed event, Throwable thrown) {
    assertThat(event.attempts()).isEqualTo(3);
    assertThat(event.failure().exception()).containsSame(thrown);
  }

  @Test
  void aLaterAttemptCanSucceed() {
    register(
        "second-try",
        run -> {
          if (run.attempt() == 1) {
            throw new IllegalStateException("not yet");
          }
          return run.attempt();
        },
        config -> config.maxRetries(5));

    RunHandle run = manager.runWorkerById("second-try");
    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(outcome.result().as(Integer.class)).isEqualTo(2);
    assertThat(outcome.failure()).isNull();
    assertThat(unit("second-try").status()).isEqualTo(UnitStatus.COMPLETED);
    assertThat(retries(run)).hasSize(1);
  }

  @Test
  void nothingIsTriedAgainByDefault() {
    register(
        "once",
        run -> {
          throw new IllegalStateException("no");
        });

    RunHandle run = manager.runWorkerById("once");

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    assertThat(view(run).execution().attempt()).isEqualTo(1);
    assertThat(retries(run)).isEmpty();
  }

  @Test
  void fixedDelayIsKept() {
    List<Instant> begins = new ArrayList<>();
    register(
        "fixed",
        run -> {
          begins.add(manager.getRegistrySnapshot().at());
          throw new IllegalStateException("no");
        },
        config -> config.maxRetries(2).retryDelay(Duration.ofMillis(150)));

    RunHandle run = manager.runWorkerById("fixed");
    run.join(Probe.PATIENCE);

    assertThat(delays(run)).containsExactly(Duration.ofMillis(150), Duration.ofMillis(150));
    assertThat(begins).hasSize(3);
    assertThat(begins.get(1)).isAfterOrEqualTo(retries(run).get(0).nextAttemptAt());
    assertThat(begins.get(2)).isAfterOrEqualTo(retries(run).get(1).nextAttemptAt());
  }

  @Test
  void delaysGrowUpToTheirBound() {
    register(
        "growing",
        run -> {
          throw new IllegalStateException("no");
        },
        config ->
            config.retry(new RetryPolicy(4, Duration.ofMillis(10), 3, Duration.ofMillis(50), 0)));

    RunHandle run = manager.runWorkerById("growing");
    run.join(Probe.PATIENCE);

    assertThat(delays(run)).extracting(Duration::toMillis).containsExactly(10L, 30L, 50L, 50L);
  }

  @Test
  void jitterIsAddedToTheDelay() {
    register(
        "random",
        run -> {
          throw new IllegalStateException("no");
        },
        config ->
            config.retry(new RetryPolicy(8, Duration.ofMillis(20), 1, Duration.ofHours(1), 1)));

    RunHandle run = manager.runWorkerById("random");
    run.join(Probe.PATIENCE);

    assertThat(delays(run))
        .hasSize(8)
        .allSatisfy(
            delay -> assertThat(delay).isBetween(Duration.ofMillis(20), Duration.ofMillis(40)));
    assertThat(delays(run).stream().distinct().count()).isGreaterThan(1);
  }

  /** Decides about its delays itself. */
  private static final class Deciding implements Work<String> {
    private final List<String> asked = new ArrayList<>();

    @Override
    public String run(RunContext run) {
      throw new IllegalStateException("no");
    }

    @Override
    public Duration retryDelay(int attempt, Duration configured) {
      asked.add(attempt + " after " + configured.toMillis());
      return Duration.ofMillis(attempt * 7L);
    }
  }

  @Test
  void theWorkerDecidesAboutTheDelay() {
    Deciding work = new Deciding();
    register(
        "deciding",
        work,
        config -> config.retry(new RetryPolicy(2, Duration.ofHours(1), 2, Duration.ofHours(9), 0)));

    RunHandle run = manager.runWorkerById("deciding");
    run.join(Probe.PATIENCE);

    assertThat(work.asked).containsExactly("2 after 3600000", "3 after 7200000");
    assertThat(delays(run)).extracting(Duration::toMillis).containsExactly(14L, 21L);
  }

  @Test
  void configurationIsReadBeforeEachAttempt() {
    Held held = Held.interruptibly();
    register(
        "changing",
        run -> {
          held.run(run);
          throw new IllegalStateException("attempt " + run.attempt());
        },
        config -> config.maxRetries(1).retryDelay(Duration.ofMillis(10)));

    RunHandle run = manager.runWorkerById("changing");
    held.awaitBegun();
    manager.updateUnitConfig("changing", config -> config.maxRetries(3));
    held.letGo();
    assertThat(held.awaitBegun().attempt()).isEqualTo(2);
    held.letAllGo();

    RunOutcome outcome = run.join(Probe.PATIENCE);
    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.failure().message()).contains("attempt 4");
  }

  @Test
  void fewerRetriesTakeEffectToo() {
    Held held = Held.interruptibly();
    register(
        "fewer",
        run -> {
          held.run(run);
          throw new IllegalStateException("attempt " + run.attempt());
        },
        config -> config.maxRetries(5));

    RunHandle run = manager.runWorkerById("fewer");
    held.awaitBegun();
    manager.updateUnitConfig("fewer", config -> config.maxRetries(1));
    held.letAllGo();

    assertThat(run.join(Probe.PATIENCE).failure().message()).contains("attempt 2");
  }

  private List<UnitRetried> retries(RunHandle run) {
    return allEventsOf(run).stream()
        .filter(UnitRetried.class::isInstance)
        .map(UnitRetried.class::cast)
        .toList();
  }

  private List<Duration> delays(RunHandle run) {
    return retries(run).stream()
        .map(retried -> Duration.between(retried.at(), retried.nextAttemptAt()))
        .toList();
  }
}
