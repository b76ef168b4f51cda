package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.Cause;
import io.synchronik.run.InvalidPayloadException;
import io.synchronik.run.Page;
import io.synchronik.run.Progress;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.run.RunTimeoutException;
import io.synchronik.run.RunView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that are asked for, and how they are looked at. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class RunRequestIT extends SharedNode {

  /** Refers to itself, so that it cannot be written as JSON. */
  public static final class Endless {
    public Endless getNext() {
      return new Endless();
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.payload-limit", "1024");
  }

  @Test
  void historyTellsWhoAskedForWhat() {
    register("asked", run -> run.payload(String.class));

    RunHandle byCode = manager.runWorkerById("asked", "plain");
    byCode.join(Probe.PATIENCE);
    RunHandle byAnna =
        manager.runUnitById("asked", RunRequest.PLAIN.withPayload("hers").by("anna"));
    byAnna.join(Probe.PATIENCE);

    RunView first = view(byCode);
    assertThat(first.origin().cause()).isEqualTo(Cause.MANUAL);
    assertThat(first.origin().requestedBy()).isEqualTo("code");
    assertThat(first.origin().payload().as(String.class)).isEqualTo("plain");
    assertThat(first.execution().result().as(String.class)).isEqualTo("plain");
    assertThat(first.execution().attempt()).isEqualTo(1);
    assertThat(first.execution().node()).startsWith("node-");
    assertThat(first.times().scheduledAt()).isNull();
    assertThat(first.times().startedAt()).isAfterOrEqualTo(first.times().submittedAt());
    assertThat(first.times().endedAt()).isAfterOrEqualTo(first.times().startedAt());
    assertThat(view(byAnna).origin().requestedBy()).isEqualTo("anna");
    assertThat(unit("asked").timing().lastRun()).isEqualTo(byAnna.id().value());
    assertThat(unit("asked").timing().lastStartedAt()).isEqualTo(view(byAnna).times().startedAt());
  }

  @Test
  void workerSeesWhenItsUnitLastCompleted() {
    register("remembers", run -> String.valueOf(run.lastCompleted().isPresent()));

    RunOutcome first = manager.runWorkerById("remembers").join(Probe.PATIENCE);
    RunOutcome second = manager.runWorkerById("remembers").join(Probe.PATIENCE);

    assertThat(first.result().as(String.class)).isEqualTo("false");
    assertThat(second.result().as(String.class)).isEqualTo("true");
  }

  @Test
  void wrongPayloadIsRefusedAndNothingIsStored() throws Exception {
    register("picky", run -> "done");

    assertThatThrownBy(() -> manager.runWorkerById("picky", "x".repeat(1024)))
        .isInstanceOf(InvalidPayloadException.class)
        .hasMessageContaining("SYNC-0067")
        .hasMessageContaining("1026")
        .hasMessageContaining("1024");
    assertThatThrownBy(() -> manager.runWorkerById("picky", new Endless()))
        .isInstanceOf(InvalidPayloadException.class)
        .hasMessageContaining("SYNC-0068");

    assertThat(database.number("select count(*) from sk_run where unit = 'picky'")).isZero();
    assertThat(manager.runWorkerById("picky", "x".repeat(1022)).join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
  }

  @Test
  void payloadThatDoesNotFitFailsTheAttempt() {
    register("misled", run -> run.payload(Integer.class));

    RunOutcome outcome = manager.runWorkerById("misled", "seven").join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.failure().type()).isEqualTo(InvalidPayloadException.class.getName());
    assertThat(outcome.failure().message()).contains("SYNC-0069");
  }

  @Test
  void resultThatCannotBeStoredFailsTheAttempt() {
    register("wordy", run -> "x".repeat(2000));
    register("endless", run -> new Endless());

    RunOutcome wordy = manager.runWorkerById("wordy").join(Probe.PATIENCE);
    RunOutcome endless = manager.runWorkerById("endless").join(Probe.PATIENCE);

    assertThat(wordy.state()).isEqualTo(RunState.FAILED);
    assertThat(wordy.failure().message()).contains("SYNC-0067").contains("2002");
    assertThat(endless.state()).isEqualTo(RunState.FAILED);
    assertThat(endless.failure().message()).contains("SYNC-0068");
  }

  @Test
  void waitingEndsAndTheRunGoesOn() {
    Held held = Held.interruptibly();
    register("held", held);
    RunHandle run = manager.runWorkerById("held");
    held.awaitBegun();

    assertThatThrownBy(() -> run.join(Duration.ofMillis(20)))
        .isInstanceOf(RunTimeoutException.class)
        .hasMessageContaining("SYNC-0064")
        .hasMessageContaining("20ms");

    held.letGo();
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void finalRunIsFoundWithItsOutcome() {
    register("found", run -> 42);
    RunHandle run = manager.runWorkerById("found");
    run.join(Probe.PATIENCE);

    RunHandle found = manager.findRun(run.id().value()).orElseThrow();

    assertThat(found.unit().value()).isEqualTo("found");
    assertThat(found.join(Probe.PATIENCE).result().as(Integer.class)).isEqualTo(42);
    assertThat(manager.findRun("01ARZ3NDEKTSV4RRFFQ69G5FAV")).isEmpty();
    assertThat(manager.getRunById("01ARZ3NDEKTSV4RRFFQ69G5FAV")).isEmpty();
  }

  @Test
  void runsAreListedNewestFirstPageByPage() {
    register(
        "listed",
        run -> {
          if (run.payload(Integer.class) % 3 == 0) {
            throw new IllegalStateException("no");
          }
          return null;
        });
    List<RunId> asked = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      RunHandle run = manager.runWorkerById("listed", i);
      run.join(Probe.PATIENCE);
      asked.add(run.id());
    }
    Collections.reverse(asked);

    List<RunId> read = new ArrayList<>();
    RunQuery query = RunQuery.LATEST.ofUnit("listed").limit(3);
    Page<RunView> page = manager.findRuns(query);
    while (true) {
      page.items().forEach(run -> read.add(run.id()));
      if (page.next() == null) {
        break;
      }
      page = manager.findRuns(new RunQuery("listed", query.states(), null, page.next(), 3));
    }

    assertThat(read).containsExactlyElementsOf(asked);
    assertThat(manager.findRuns(RunQuery.LATEST.ofUnit("listed").in(RunState.FAILED)).items())
        .extracting(RunView::id)
        .containsExactly(asked.get(1), asked.get(4));
    assertThat(manager.findRuns(RunQuery.LATEST.ofUnit("listed").in(RunState.RUNNING)).items())
        .isEmpty();
  }

  @Test
  void progressIsSeenWhileTheRunGoesOn() {
    Held held = Held.interruptibly();
    register(
        "counting",
        run -> {
          run.progress(3);
          run.progress(new Progress(5, 20));
          return held.run(run);
        });
    RunHandle run = manager.runWorkerById("counting");
    held.awaitBegun();

    manager.runLoopOnce();

    assertThat(view(run).execution().progress().percentage()).isEqualTo(25);
    held.letGo();
    run.join(Probe.PATIENCE);
    assertThat(view(run).execution().progress().completed()).isEqualTo(5);
  }
}
