package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.EngineLog;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemStanding;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.process.Process;
import io.synchronik.process.Verdict;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import io.synchronik.unit.UnitId;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Code that is asked in order to decide and does not answer delays its own run and nothing else.
 */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class SlowAnswersIT extends SharedNode {
  private static final int BLOCKED = 6;
  private static final String UNANSWERED = "SYNC-0160";

  private static volatile CountDownLatch block = new CountDownLatch(0);

  @Worker(id = "inside")
  @Transactional
  static class Inside implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "inside";
    }
  }

  @Worker(id = "delayed", maxRetries = 1)
  static class Delayed implements Work<String> {
    @Override
    public String run(RunContext run) {
      if (run.attempt() == 1) {
        throw new IllegalStateException("once");
      }
      return "again";
    }

    @Override
    public Duration retryDelay(int attempt, Duration configured) {
      blocked();
      return Duration.ofDays(1);
    }
  }

  /** Two items whose policy does what it is told. */
  private record Asking(ItemPolicy policy) implements ItemWork<String, String> {
    @Override
    public void enumerate(Items<String> items, RunContext run) {
      items.add("one");
      items.add("two");
    }

    @Override
    public String process(String payload, ItemContext item) {
      return payload;
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.answer-limit", "2s").beans(Inside.class, Delayed.class);
  }

  @Override
  void prepare() {
    register("asked", run -> "result");
    register("chosen", run -> "chosen");
    items("others", standing -> ItemDecision.CONTINUE);
    for (int i = 0; i < BLOCKED; i++) {
      items("blocked-" + i, standing -> blocked());
    }
    items("stubborn", standing -> stubborn());
    items("summed", ItemPolicy.continueOnFailure());
  }

  @AfterEach
  void letAllGo() {
    block.countDown();
  }

  private void items(String id, ItemPolicy policy) {
    manager.registerUnit(
        ItemSource.worker(id, String.class, new Asking(policy))
            .with(config -> config.overlap(Overlap.ALLOW)));
  }

  /** Ends by an interrupt, or when the test is over. */
  private static ItemDecision blocked() {
    try {
      block.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
    return ItemDecision.CONTINUE;
  }

  /** Ends when the test is over. */
  private static ItemDecision stubborn() {
    boolean waits = true;
    while (waits) {
      try {
        block.await();
        waits = false;
      } catch (InterruptedException e) {
        // As it is
      }
    }
    return ItemDecision.CONTINUE;
  }

  private static String failure(RunOutcome outcome) {
    return Objects.requireNonNull(outcome.failure()).message();
  }

  private void othersGoOn() {
    for (int i = 0; i < 3; i++) {
      assertThat(manager.runUnitById("others").join(Probe.PATIENCE).state())
          .isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void policiesThatBlock() {
    block = new CountDownLatch(1);
    try (EngineLog log = EngineLog.open()) {
      List<RunHandle> runs = new ArrayList<>();
      for (int i = 0; i < BLOCKED; i++) {
        runs.add(manager.runUnitById("blocked-" + i));
      }
      othersGoOn();
      for (RunHandle run : runs) {
        RunOutcome outcome = run.join(Probe.PATIENCE);
        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        assertThat(failure(outcome)).contains("SYNC-0096", UNANSWERED);
        assertThat(log.lines(Level.WARNING, "run " + run.id().value()))
            .singleElement()
            .asString()
            .contains(UNANSWERED, "The policy", "'blocked-", "code in memory", "since 20");
      }
    }
  }

  @Test
  void policyOfACancelledRunIsNotWaitedFor() {
    block = new CountDownLatch(1);
    RunHandle run = manager.runUnitById("stubborn");
    run.cancel();
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
  }

  @Test
  void policiesThatIgnoreTheirInterrupt() {
    block = new CountDownLatch(1);
    List<RunHandle> runs = new ArrayList<>();
    for (int i = 0; i < BLOCKED; i++) {
      runs.add(manager.runUnitById("stubborn"));
    }
    othersGoOn();
    List<String> failures = new ArrayList<>();
    for (RunHandle run : runs) {
      failures.add(failure(run.join(Probe.PATIENCE)));
    }
    assertThat(failures).filteredOn(text -> text.contains(UNANSWERED)).hasSize(4);
    assertThat(failures).filteredOn(text -> text.contains("SYNC-0161")).hasSize(BLOCKED - 4);

    block.countDown();
    RunOutcome later = manager.runUnitById("stubborn").join(Probe.PATIENCE);
    while (later.state() == RunState.FAILED && failure(later).contains("SYNC-0161")) {
      // Their threads come back by and by
      later = manager.runUnitById("stubborn").join(Probe.PATIENCE);
    }
    assertThat(later.state()).isEqualTo(RunState.COMPLETED);
  }

  private void process(String id, String parent, ItemPolicy answer) {
    manager.registerUnit(
        Process.named(id)
            .worker(parent)
            .worker("chosen")
            .after(parent, result -> answer.decide(NONE) == ItemDecision.CONTINUE)
            .build());
  }

  private static final ItemStanding NONE = new ItemStanding(ItemStatistics.NONE, false, List.of());

  private void chosenIsSkipped(String process, String about) {
    block = new CountDownLatch(1);
    try (EngineLog log = EngineLog.open()) {
      RunHandle run = manager.runUnitById(process);
      othersGoOn();
      assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
      assertThat(manager.getProcessRun(run.id().value()).orElseThrow().result())
          .extracting(result -> result.of(new UnitId("chosen")).orElseThrow().verdict())
          .isEqualTo(Verdict.SKIPPED);
      assertThat(log.lines(Level.WARNING, "run " + run.id().value()))
          .singleElement()
          .asString()
          .contains(UNANSWERED, "The condition of 'chosen' on the result of '" + about, process);
    }
  }

  @Test
  void conditionsThatBlock() {
    process("blocked-process", "asked", standing -> blocked());
    chosenIsSkipped("blocked-process", "asked");
  }

  @Test
  void conditionsThatIgnoreTheirInterrupt() {
    process("stubborn-process", "asked", standing -> stubborn());
    chosenIsSkipped("stubborn-process", "asked");
  }

  @Test
  void conditionsInsideATransaction() {
    process("inside-process", "inside", standing -> blocked());
    chosenIsSkipped("inside-process", "inside");
  }

  @Test
  void conditionsOnTheSummaryOfItems() {
    process("summed-process", "summed", standing -> stubborn());
    chosenIsSkipped("summed-process", "summed");
  }

  @Test
  void retryDelays() {
    block = new CountDownLatch(1);
    try (EngineLog log = EngineLog.open()) {
      RunHandle run = manager.runUnitById("delayed");
      othersGoOn();
      assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
      assertThat(log.lines(Level.WARNING, "run " + run.id().value()))
          .singleElement()
          .asString()
          .contains(UNANSWERED, "The retry delay function", Delayed.class.getSimpleName());
    }
  }
}
