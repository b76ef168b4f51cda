package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunRequest;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Milestone;
import io.synchronik.event.MilestoneId;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitStarted;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemNotice;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.process.Process;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.run.RunTimeoutException;
import io.synchronik.task.SubTasks;
import io.synchronik.task.TaskReport;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever application code throws or leaves behind ends what it was called for and nothing else.
 */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class UserCodeIT extends SharedNode {
  private static final String HIT = "hit";
  private TransactionManager transactions;

  private static final Probe<String> TOLD = new Probe<>();

  @ApplicationScoped
  static class Observers {
    @Inject TransactionManager transactions;

    void hostile(@Observes @Priority(1) @MilestoneId(HIT) Milestone event) throws Exception {
      of(event).strike("observer", transactions, false);
    }

    void patient(@Observes @Priority(2) @MilestoneId(HIT) Milestone event) {
      TOLD.accept("sync " + of(event));
    }

    void later(@ObservesAsync @MilestoneId(HIT) Milestone event) throws Exception {
      TOLD.accept("async " + of(event));
      of(event).act(transactions);
    }

    private static Hostile of(Milestone event) {
      return Hostile.valueOf(Objects.requireNonNull(event.payload(String.class)));
    }
  }

  @ApplicationScoped
  static class Methods {
    @Inject TransactionManager transactions;

    @Worker(id = "method")
    void work(RunContext run) throws Exception {
      of(run).strike("method", transactions, false);
    }

    @Worker(id = "transactional")
    @Transactional
    void inside(RunContext run) throws Exception {
      of(run).strike("transactional", transactions, true);
    }
  }

  @Worker(id = "hooked", maxRetries = 1)
  static class Hooked implements Work<String> {
    @Inject TransactionManager transactions;

    @Override
    public String run(RunContext run) {
      if (run.attempt() == 1) {
        throw new IllegalStateException("once");
      }
      return of(run).name();
    }

    @Override
    public Duration retryDelay(int attempt, Duration configured) {
      strike("retryDelay");
      return Duration.ZERO;
    }

    @Override
    public void onStart(UnitStarted event) {
      strike("onStart");
    }

    @Override
    public void onComplete(UnitCompleted event) {
      strike("onComplete");
    }

    private void strike(String where) {
      unchecked(() -> hostileHook.strike(where, transactions, false));
    }
  }

  private static volatile Hostile hostileHook = Hostile.MUTE;

  /** Items of one, which is hostile wherever it is told to be. */
  final class Hunted implements ItemWork<String, @Nullable Object> {
    volatile String where = "";
    volatile Hostile how = Hostile.MUTE;
    final ConcurrentLinkedQueue<String> called = new ConcurrentLinkedQueue<>();

    private void reach(String place) {
      called.add(place);
      if (place.equals(where)) {
        unchecked(() -> how.strike(place, transactions, false));
      }
    }

    @Override
    public void enumerate(Items<String> items, RunContext run) {
      reach("enumerate");
      items.add("one");
      items.add("two");
    }

    @Override
    public @Nullable Object process(String payload, ItemContext item) {
      if (payload.equals("one")) {
        reach("process");
      }
      return where.equals("json") ? new Evil() : null;
    }

    @Override
    public ItemPolicy policy() {
      return standing -> {
        reach("policy");
        return standing.statistics().failed() > 0 ? ItemDecision.FAIL : ItemDecision.CONTINUE;
      };
    }

    @Override
    public void onItemCompleted(ItemNotice item) {
      reach("onItemCompleted");
    }

    @Override
    public Optional<Duration> deadline() {
      reach("deadline");
      return Optional.empty();
    }

    /** Its JSON is as hostile. */
    public final class Evil {
      public String getValue() {
        reach("json");
        return "value";
      }
    }
  }

  private interface Code {
    void run() throws Exception;
  }

  private static void unchecked(Code code) {
    try {
      code.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Hostile of(RunContext run) {
    return Hostile.valueOf(Objects.requireNonNull(run.payload(String.class)));
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder
        .setting("synchronik.workers", "1")
        .beans(Observers.class, Methods.class, Hooked.class);
  }

  @Override
  void prepare() {
    transactions = node.select(TransactionManager.class);
  }

  @BeforeEach
  void nothingIsLeft() {
    Hostile.LEFT.clear();
  }

  @AfterEach
  void threadsAreAsBefore() {
    assertThat(Hostile.LEFT).isEmpty();
  }

  private RunOutcome run(String unit, Hostile how) {
    RunHandle run = manager.runUnitById(unit, RunRequest.PLAIN.withPayload(how.name()));
    try {
      return run.join(Probe.PATIENCE);
    } catch (RunTimeoutException e) {
      throw new AssertionError(how + " of " + unit + ": " + view(run), e);
    }
  }

  private void endsAsItActs(String unit) {
    for (Hostile how : Hostile.values()) {
      RunOutcome outcome = run(unit, how);
      assertThat(outcome.state())
          .as("%s of %s", how, unit)
          .isEqualTo(how.fails() ? RunState.FAILED : RunState.COMPLETED);
      if (how.fails()) {
        assertThat(Objects.requireNonNull(outcome.failure()).type()).isNotEmpty();
        assertThat(Objects.requireNonNull(outcome.failure()).message())
            .hasSizeLessThanOrEqualTo(2000);
      }
    }
  }

  @Test
  void workers() {
    register("lambda", run -> strike(run));
    endsAsItActs("lambda");
    endsAsItActs("method");
    endsAsItActs("transactional");
    assertThat(message(run("transactional", Hostile.OPEN_TRANSACTION))).contains("SYNC-0131");
    assertThat(message(run("method", Hostile.OPEN_TRANSACTION))).contains("SYNC-0130");
  }

  private static String message(RunOutcome outcome) {
    return Objects.requireNonNull(outcome.failure()).message();
  }

  private @Nullable Object strike(RunContext run) throws Exception {
    of(run).strike("lambda", transactions, false);
    return null;
  }

  @Test
  void items() {
    Hunted hunted = new Hunted();
    manager.registerUnit(ItemSource.worker("hunted", String.class, hunted));
    for (String where : List.of("enumerate", "process", "policy", "deadline", "json")) {
      for (Hostile how : Hostile.values()) {
        hunted.where = where;
        hunted.how = how;
        assertThat(run("hunted", how).state())
            .as("%s in %s", how, where)
            .isEqualTo(how.fails() ? RunState.FAILED : RunState.COMPLETED);
      }
    }
    hunted.where = "onItemCompleted";
    for (Hostile how : Hostile.values()) {
      hunted.how = how;
      hunted.called.clear();
      assertThat(run("hunted", how).state()).isEqualTo(RunState.COMPLETED);
      Await.until(
          Probe.PATIENCE,
          () -> hunted.called.stream().filter("onItemCompleted"::equals).count() == 2);
    }
  }

  @Test
  void hooksAndRetryDelays() {
    for (Hostile how : Hostile.values()) {
      hostileHook = how;
      RunOutcome outcome = run("hooked", how);
      assertThat(outcome.state())
          .as("%s: %s", how, outcome.failure())
          .isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void conditions() {
    register("asked", run -> "result");
    register("chosen", run -> "chosen");
    for (Hostile how : Hostile.values()) {
      String id = "conditional-" + how;
      manager.registerUnit(
          Process.named(id)
              .worker("asked")
              .worker("chosen")
              .after(
                  "asked",
                  (String text) -> {
                    unchecked(() -> how.strike("condition", transactions, false));
                    return true;
                  })
              .build());
      RunHandle run = manager.runUnitById(id, RunRequest.PLAIN);
      RunOutcome outcome = run.join(Probe.PATIENCE);
      assertThat(outcome.state()).as(how.name()).isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void observersSubscribersAndFollowers() {
    Probe<JournalEntry> journal = Probe.journal(manager);
    manager.subscribeToEvents(
        event -> {
          if (event instanceof Milestone milestone && milestone.milestoneId().equals(HIT)) {
            Hostile how = Observers.of(milestone);
            unchecked(() -> how.strike("subscriber", transactions, false));
          }
        });
    for (Hostile how : Hostile.values()) {
      manager.followJournal(
          manager.journalPosition(),
          entry -> unchecked(() -> how.strike("follower", transactions, false)));
      manager.emitMilestone(HIT, how.name());
      TOLD.awaitNext(("sync " + how)::equals);
      journal.awaitNext(
          entry ->
              entry.event() instanceof Milestone milestone
                  && milestone.milestoneId().equals(HIT)
                  && Observers.of(milestone) == how);
    }
    for (Hostile how : Hostile.values()) {
      Await.until(Probe.PATIENCE, () -> TOLD.seen().contains("async " + how));
    }
  }

  @Test
  void subTasks() {
    register(
        "sub-tasks",
        run -> {
          TaskReport<String> report =
              SubTasks.of(List.of(Hostile.values()))
                  .concurrency(2)
                  .onProgress(progress -> unchecked(() -> Hostile.MUTE.act(transactions)))
                  .run(
                      how -> {
                        how.strike("sub-task", transactions, false);
                        return how.name();
                      });
          assertThat(report.failed()).hasSize(Hostile.values().length - 1);
          assertThat(report.successful()).hasSize(1);
          return null;
        });
    assertThat(run("sub-tasks", Hostile.MUTE).state()).isEqualTo(RunState.COMPLETED);
  }
}
