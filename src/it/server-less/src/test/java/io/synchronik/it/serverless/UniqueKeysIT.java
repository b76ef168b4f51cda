package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.DuplicateItemException;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemRunView;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys of items that are unique beyond their run. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@SuppressWarnings("try")
class UniqueKeysIT extends SharedNode {

  /** Finds lines, of which some are there again in the next run. */
  private static final class Scan implements ItemWork<String, String> {
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private volatile List<String> lines = List.of();
    private volatile boolean keepsOpen;
    private final Probe<String> enumerated = new Probe<>();

    @Override
    public void enumerate(Items<String> items, RunContext run) {
      lines.forEach(line -> items.add(line, line));
      if (keepsOpen) {
        items.keepOpen();
      }
      enumerated.accept(run.run().value());
    }

    @Override
    public String process(String line, ItemContext item) {
      if (failing.contains(line)) {
        throw new IllegalStateException("no");
      }
      return line;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  private Scan scan(String id) {
    Scan scan = new Scan();
    manager.registerUnit(
        ItemSource.worker(id, String.class, scan)
            .with(config -> config.uniqueFor(Duration.ofDays(7)).overlap(Overlap.ALLOW)));
    return scan;
  }

  private ItemRunView ended(String id) {
    return ended(manager.runWorkerById(id));
  }

  private ItemRunView ended(RunHandle run) {
    run.join(Probe.PATIENCE);
    return view(run.id().value());
  }

  private ItemRunView view(String run) {
    return manager.items().findRun(run).orElseThrow();
  }

  private long kept(String unit) {
    return Bills.number(database, "select count(*) from sk_kept_key where unit = '" + unit + "'");
  }

  @Test
  void nextRunPassesOverWhatIsThereAgain() {
    Scan scan = scan("again");
    scan.lines = List.of("a", "b", "c");
    ItemRunView first = ended("again");
    scan.lines = List.of("a", "b", "c", "d");
    ItemRunView second = ended("again");

    assertThat(first.statistics().completed()).isEqualTo(3);
    assertThat(first.repeated()).isZero();
    assertThat(second.state()).isEqualTo(RunState.COMPLETED);
    assertThat(second.statistics().total()).isEqualTo(1);
    assertThat(second.repeated()).isEqualTo(3);
  }

  @Test
  void keyOfAFailedItemIsFree() {
    Scan scan = scan("failing");
    scan.lines = List.of("a", "b", "c");
    scan.failing.add("b");
    assertThat(ended("failing").statistics().failed()).isEqualTo(1);
    scan.failing.clear();
    ItemRunView second = ended("failing");

    assertThat(second.statistics().completed()).isEqualTo(1);
    assertThat(second.repeated()).isEqualTo(2);
    assertThat(ended("failing").repeated()).isEqualTo(3);
  }

  @Test
  void keyIsFreeAfterItsTime() throws Exception {
    Scan scan = scan("timed");
    scan.lines = List.of("a", "b");
    ended("timed");
    database.execute(
        "update sk_kept_key set kept_until = ? where unit = 'timed' and item_key = 'a'",
        Timestamp.from(Instant.EPOCH));
    ItemRunView second = ended("timed");

    assertThat(second.statistics().completed()).isEqualTo(1);
    assertThat(second.repeated()).isEqualTo(1);

    database.execute(
        "update sk_kept_key set kept_until = ? where unit = 'timed'",
        Timestamp.from(Instant.EPOCH));
    manager.runWatcherScan();
    assertThat(kept("timed")).isZero();
  }

  @Test
  void keyThatAnotherRunHasIsRefusedFromOutside() {
    Scan scan = scan("outside");
    scan.lines = List.of("a");
    ended("outside");
    scan.keepsOpen = true;
    scan.lines = List.of();
    RunHandle run = manager.runWorkerById("outside");
    String id = run.id().value();
    Await.until(Probe.PATIENCE, () -> manager.items().findRun(id).isPresent());
    manager.items().add(id, NewItem.of("b").withKey("b"));

    assertThatThrownBy(() -> manager.items().add(id, NewItem.of("a").withKey("a")))
        .isInstanceOf(DuplicateItemException.class)
        .hasMessageContaining("SYNC-0227")
        .hasMessageContaining("'a'");
    manager.items().close(id);
    assertThat(ended(run).statistics().completed()).isEqualTo(1);
  }

  @Test
  void runsThatFindTheSameAtOnceShareIt() {
    Scan scan = scan("shared");
    int lines = 2500;
    scan.lines = IntStream.range(0, lines).mapToObj(i -> "line-" + i).toList();
    RunHandle one = manager.runWorkerById("shared");
    RunHandle other = manager.runWorkerById("shared");

    ItemRunView first = ended(one);
    ItemRunView second = ended(other);
    assertThat(first.statistics().completed() + second.statistics().completed()).isEqualTo(lines);
    assertThat(first.repeated() + second.repeated()).isEqualTo(lines);
    assertThat(kept("shared")).isEqualTo(lines);
  }

  @Test
  void callerWhoHoldsAKeyHoldsUpNoOther() {
    Scan scan = scan("open");
    scan.keepsOpen = true;
    RunHandle first = manager.runWorkerById("open");
    // Before the lines of the second one are there
    scan.enumerated.awaitNext(first.id().value()::equals);
    List<String> lines = new ArrayList<>(IntStream.range(0, 50).mapToObj(i -> "x" + i).toList());
    lines.add(25, "held");
    scan.lines = lines;
    scan.keepsOpen = false;
    RunHandle second;
    try (OpenCaller caller =
        OpenCaller.of(
            node,
            () -> manager.items().add(first.id().value(), NewItem.of("held").withKey("held")))) {
      second = manager.runWorkerById("open");
      Await.until(
          Probe.PATIENCE,
          () ->
              manager
                  .items()
                  .findRun(second.id().value())
                  .filter(run -> run.statistics().completed() == 50)
                  .isPresent());
      assertThat(second.state()).isEqualTo(RunState.RUNNING);
    }

    assertThat(ended(second).repeated()).isEqualTo(1);
    manager.items().close(first.id().value());
    assertThat(ended(first).statistics().completed()).isEqualTo(1);
  }

  @Test
  void removedRunKeepsTheKeysOfWhatHasCompleted() throws Exception {
    Scan scan = scan("removed");
    scan.lines = List.of("a", "b");
    scan.failing.add("b");
    RunHandle run = manager.runWorkerById("removed");
    ended(run);
    database.execute(
        "update sk_run set ended_at = ? where id = ?",
        Timestamp.from(Instant.EPOCH),
        run.id().value());
    manager.runWatcherScan();
    assertThat(manager.getRunById(run.id().value())).isEmpty();
    assertThat(kept("removed")).isEqualTo(1);
    scan.failing.clear();
    ItemRunView second = ended("removed");

    assertThat(second.statistics().completed()).isEqualTo(1);
    assertThat(second.repeated()).isEqualTo(1);
    manager.releaseUnit("removed");
    Await.until(Probe.PATIENCE, () -> kept("removed") == 0);
  }
}
