package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.process.Process;
import io.synchronik.run.AttemptOutcome;
import io.synchronik.run.RunAttempt;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of the attempts of a run. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class AttemptsIT extends SharedNode {
  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder
        .setting("synchronik.node", "here")
        .setting("synchronik.history.runs", "1")
        .setting("synchronik.history.retain", "1h");
  }

  /** Fails before the so many-th attempt. */
  private void registerFailing(String id, int before, int maxRetries) {
    register(
        id,
        run -> {
          if (run.attempt() < before) {
            throw new IllegalStateException("no " + run.attempt());
          }
          return "done";
        },
        config -> config.maxRetries(maxRetries).retryDelay(Duration.ofMillis(10)));
  }

  private List<RunAttempt> attempts(RunHandle run) {
    return manager.monitoring().attempts(run.id().value(), 0, 1000);
  }

  @Test
  void areToldInTheirOrder() {
    registerFailing("third-time", 3, 5);
    RunHandle run = manager.runWorkerById("third-time");
    run.join(Probe.PATIENCE);

    List<RunAttempt> attempts = attempts(run);

    assertThat(attempts).extracting(RunAttempt::number).containsExactly(1, 2, 3);
    assertThat(attempts)
        .extracting(RunAttempt::outcome)
        .containsExactly(AttemptOutcome.FAILED, AttemptOutcome.FAILED, AttemptOutcome.COMPLETED);
    assertThat(attempts).extracting(RunAttempt::node).containsOnly("here");
    assertThat(attempts.get(0).failure().message()).isEqualTo("no 1");
    assertThat(attempts.get(1).failure().message()).isEqualTo("no 2");
    assertThat(attempts.get(2).failure()).isNull();
    RunView view = view(run);
    assertThat(attempts.get(0).startedAt()).isEqualTo(view.times().startedAt());
    assertThat(attempts.get(2).endedAt()).isEqualTo(view.times().endedAt());
    for (int i = 1; i < attempts.size(); i++) {
      Duration wait = Duration.between(attempts.get(i - 1).endedAt(), attempts.get(i).startedAt());
      assertThat(wait).isGreaterThanOrEqualTo(Duration.ofMillis(10));
      assertThat(attempts.get(i).claim()).isGreaterThan(attempts.get(i - 1).claim());
    }
  }

  @Test
  void costNoRowWhenTheFirstOneEndsTheRun() throws Exception {
    registerFailing("at-once", 1, 5);
    registerFailing("never", 9, 0);
    for (String unit : List.of("at-once", "never")) {
      RunHandle run = manager.runWorkerById(unit);
      RunState state = run.join(Probe.PATIENCE).state();

      assertThat(attempts(run))
          .singleElement()
          .satisfies(
              attempt -> {
                assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.valueOf(state.name()));
                assertThat(attempt.failure() != null).isEqualTo(state == RunState.FAILED);
              });
      assertThat(rows(run)).isZero();
    }
  }

  private long rows(RunHandle run) throws Exception {
    return database
        .rows("select run from sk_attempt where run = '" + run.id().value() + "'")
        .size();
  }

  @Test
  void tellOfTheOneThatGoesOn() {
    Held held = Held.interruptibly();
    register(
        "goes-on",
        run -> {
          if (run.attempt() == 1) {
            throw new IllegalStateException("no");
          }
          held.run(run);
          return null;
        },
        config -> config.maxRetries(1));
    RunHandle run = manager.runWorkerById("goes-on");
    held.awaitBegun();

    RunAttempt latest = attempts(run).get(1);

    assertThat(latest.outcome()).isNull();
    assertThat(latest.endedAt()).isNull();
    assertThat(latest.failure()).isNull();
    assertThat(latest.startedAt()).isAfterOrEqualTo(attempts(run).get(0).endedAt());
    run.cancel();
    run.join(Probe.PATIENCE);
    assertThat(attempts(run))
        .extracting(RunAttempt::outcome)
        .containsExactly(AttemptOutcome.FAILED, AttemptOutcome.CANCELED);
  }

  @Test
  void areNoneWhileARunWaitsForItsFirst() {
    Held held = Held.interruptibly();
    register("unbegun", held, config -> config.overlap(Overlap.QUEUE));
    manager.runWorkerById("unbegun");
    held.awaitBegun();
    RunHandle run = manager.runWorkerById("unbegun");

    assertThat(attempts(run)).isEmpty();
    held.letAllGo();
    assertThat(manager.monitoring().attempts("nobody", 0, 10)).isEmpty();
  }

  @Test
  void areThoseOfTheStepsOfAProcessAndNotItsOwn() {
    register("a-step", run -> "done");
    manager.registerUnit(Process.named("of-steps").workers("a-step").build());
    RunHandle run = manager.runProcessById("of-steps");
    run.join(Probe.PATIENCE);

    assertThat(attempts(run)).isEmpty();
  }

  @Test
  void endWhenTheItemsAreThere() {
    manager.registerUnit(
        ItemSource.worker(
                "few-items",
                Integer.class,
                new ItemWork<Integer, Integer>() {
                  @Override
                  public void enumerate(Items<Integer> items, RunContext run) {
                    if (run.attempt() == 1) {
                      throw new IllegalStateException("not yet");
                    }
                    items.add(1);
                  }

                  @Override
                  public Integer process(Integer number, ItemContext item) {
                    return number;
                  }
                })
            .with(config -> config.maxRetries(1)));
    RunHandle run = manager.runWorkerById("few-items");
    run.join(Probe.PATIENCE);

    assertThat(attempts(run))
        .extracting(RunAttempt::outcome)
        .containsExactly(AttemptOutcome.FAILED, AttemptOutcome.ENUMERATED);
  }

  @Test
  void comeInPages() {
    registerFailing("in-pages", 4, 5);
    RunHandle run = manager.runWorkerById("in-pages");
    run.join(Probe.PATIENCE);
    String id = run.id().value();
    List<RunAttempt> all = attempts(run);

    assertThat(manager.monitoring().attempts(id, 0, 3)).isEqualTo(all.subList(0, 3));
    assertThat(manager.monitoring().attempts(id, all.get(2).claim(), 3))
        .isEqualTo(all.subList(3, 4));
    assertThat(manager.monitoring().attempts(id, all.get(3).claim(), 3)).isEmpty();
  }

  @Test
  void refuseNumbersOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> manager.monitoring().attempts("any", -1, 10));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> manager.monitoring().attempts("any", 0, 1001));
  }

  @Test
  void areBoundedWhereARunIsTriedWithoutEnd() throws Exception {
    register(
        "no-end",
        run -> {
          throw new IllegalStateException("no");
        },
        config -> config.maxRetries(1000).retryDelay(Duration.ofHours(1)));
    RunHandle run = manager.runWorkerById("no-end");
    awaitState(run, RunState.WAITING);
    String id = run.id().value();

    database.execute("update sk_run set fence = 1098, due_at = submitted_at where id = ?", id);
    awaitClaim(run, 1099);
    assertThat(attempts(run)).extracting(RunAttempt::claim).containsExactly(1L, 1099L);
    database.execute("update sk_run set due_at = submitted_at where id = ?", id);
    awaitClaim(run, 1100);

    assertThat(attempts(run)).extracting(RunAttempt::claim).containsExactly(1099L, 1100L);
    run.cancel();
  }

  private void awaitClaim(RunHandle run, long claim) {
    Await.until(
        Probe.PATIENCE,
        () -> attempts(run).stream().anyMatch(it -> it.claim() == claim && it.endedAt() != null));
  }

  @Test
  void goWithTheirRun() throws Exception {
    registerFailing("going", 3, 5);
    RunHandle run = manager.runWorkerById("going");
    run.join(Probe.PATIENCE);
    assertThat(rows(run)).isEqualTo(2);
    RunHandle later = manager.runWorkerById("going");
    later.join(Probe.PATIENCE);

    manager.runWatcherScan();

    assertThat(attempts(run)).isEmpty();
    assertThat(rows(run)).isZero();
    assertThat(attempts(later)).hasSize(3);
  }

  @Test
  void goWithTheirProcessAndTheirUnit() throws Exception {
    registerFailing("step-of-going", 2, 5);
    manager.registerUnit(Process.named("going-process").workers("step-of-going").build());
    for (int i = 0; i < 2; i++) {
      manager.runProcessById("going-process").join(Probe.PATIENCE);
    }
    assertThat(rowsOf("step-of-going")).isEqualTo(2);

    manager.runWatcherScan();
    assertThat(rowsOf("step-of-going")).isEqualTo(1);
  }

  private long rowsOf(String unit) throws Exception {
    return database
        .rows(
            "select a.run from sk_attempt a join sk_run r on r.app = a.app and r.id = a.run"
                + " where r.unit = '"
                + unit
                + "'")
        .size();
  }
}
