package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.JournalQuery;
import io.synchronik.RunQuery;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemView;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.ManualItems;
import io.synchronik.process.Process;
import io.synchronik.process.ProcessDesign;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Schedule;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerDefinition;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Names and texts up to what is taken, and beyond. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class LongNamesIT extends SharedNode {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final List<String> ODD =
      List.of(
          "a\0b", "x".repeat(10_000), "half \uD83D of one", "\uD83D\uDE00".repeat(2000), "%_'\\");

  /** Two items that somebody outside works on. */
  record Outside() implements ManualItems<Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, 2 * ODD.size()).forEach(items::add);
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  /** Items that give up with odd words. */
  record GivesUp() implements ItemWork<Integer, Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, ODD.size()).forEach(items::add);
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      item.fail(ODD.get(number));
      return number;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  @Test
  void longestIdsOfUnitsMakeProcesses() {
    List<String> ids = IntStream.range(0, 3).mapToObj(number -> number + "-".repeat(127)).toList();
    ids.forEach(id -> register(id, run -> "done"));
    ProcessDesign design = Process.named("p".repeat(128));
    design.worker(ids.get(0)).worker(ids.get(1)).after(ids.get(0));
    design.worker(ids.get(2)).after(ids.get(0)).after(ids.get(1));
    manager.registerUnit(design.build());

    RunHandle run = manager.runProcessById("p".repeat(128));

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThatIllegalArgumentException().isThrownBy(() -> Process.named("p".repeat(129)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerDefinition.of("w".repeat(129), work -> "done"));
  }

  @Test
  void longCronExpressionsAreTakenOrRefused() {
    String list = IntStream.range(0, 60).mapToObj(String::valueOf).collect(Collectors.joining(","));
    String years =
        IntStream.range(2026, 2100).mapToObj(String::valueOf).collect(Collectors.joining(","));
    register("long-cron", run -> "done");
    manager.updateWorkerConfig(
        "long-cron", config -> config.cron(list + " " + list + " * * * ? " + years, UTC));
    assertThat(unit("long-cron").nextDue()).isPresent();
    String tooLong = list + "," + list + "," + list + "," + list + " " + list + " * * * ? " + years;

    assertRefused(
        () -> manager.updateWorkerConfig("long-cron", config -> config.cron(tooLong, UTC)));
    assertRefused(() -> manager.updateUnitConfig("long-cron", Map.of("cron", tooLong)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule.Cron(tooLong, UTC, Duration.ZERO))
        .withMessageStartingWith("cron");
    manager.disable("long-cron");
  }

  @Test
  void whatIsSaidOfItemsIsCut() throws Exception {
    manager.registerUnit(ItemSource.worker("outside", Integer.class, new Outside()));
    RunHandle run = manager.runWorkerById("outside");
    Await.until(Probe.PATIENCE, () -> itemStatistics(run).initialized() == 2L * ODD.size());
    List<ItemView> items = manager.items().list(run.id().value(), ItemQuery.FIRST).items();
    for (int i = 0; i < ODD.size(); i++) {
      manager.items().start(items.get(2 * i).id());
      manager.items().fail(items.get(2 * i).id(), ODD.get(i));
      String never = "never " + ODD.get(i);
      assertThat(manager.items().retryFailed(run.id().value(), never)).isZero();
      node.inTransaction(
          () -> {
            manager.items().retryFailed(run.id().value(), never);
          });
      manager.items().cancel(items.get(2 * i + 1).id(), ODD.get(i));
    }

    run.join(Probe.PATIENCE);

    assertThat(itemStatistics(run).failed()).isEqualTo(ODD.size());
    assertThat(itemStatistics(run).canceled()).isEqualTo(ODD.size());
  }

  @Test
  void itemsGiveUpInAnyWordsAndAreFoundByThem() {
    manager.registerUnit(ItemSource.worker("gives-up", Integer.class, new GivesUp()));
    RunHandle run = manager.runWorkerById("gives-up");

    run.join(Probe.PATIENCE);

    assertThat(itemStatistics(run).failed()).isEqualTo(ODD.size());
    for (String text : ODD) {
      manager.items().list(run.id().value(), ItemQuery.FIRST.failedWith(text));
      assertRefused(() -> manager.items().retryFailed(run.id().value(), text));
    }
  }

  @Test
  void oddTextsAreLookedForInVain() {
    register("looked-for", run -> "done");
    for (String text : ODD) {
      assertThat(manager.findRuns(RunQuery.LATEST.ofUnit(text)).items()).isEmpty();
      assertThat(manager.readJournal(new JournalQuery(0, text, Set.of(), 100))).isEmpty();
      assertThat(manager.findRun(text)).isEmpty();
      assertThat(manager.getProcessRun(text)).isEmpty();
      assertThat(manager.getProcessById(text)).isEmpty();
      assertThat(manager.items().findRun(text)).isEmpty();
    }
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageStartingWith("SYNC-")
        .hasMessageNotContaining("select")
        .hasMessageNotContaining("update ");
  }
}
