package io.synchronik.impl.admin.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.SynchronikManager;
import io.synchronik.impl.admin.http.Asked;
import io.synchronik.impl.admin.json.RecordJson;
import io.synchronik.impl.store.jdbc.FailureGroup;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.monitor.FailureQuery;
import io.synchronik.process.Process;
import io.synchronik.run.FailureKind;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunId;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Kinds of failures, from where they are written to the resource. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class FailuresIT {
  private static final String STATE = IllegalStateException.class.getName();
  private static final String BROKEN = FailureGroup.of(STATE, "row 0 is 'x'");
  private static final String AWAY = FailureGroup.of(STATE, "the bank is away");

  @Parameter DatabaseKind kind;
  private Database database;
  private Node node;
  private SynchronikManager manager;

  @BeforeEach
  void start() {
    database = kind.create("failures");
    node = Node.on(database).setting("synchronik.loop-interval", "200ms").start();
    manager = node.manager();
    manager.registerUnit(
        WorkerDefinition.of(
                "fails",
                run -> {
                  throw new IllegalStateException(run.payload(String.class));
                })
            .with(config -> config.maxRetries(1).retryDelay(Duration.ZERO)));
    manager.registerUnit(Process.named("whole").workers("fails").build());
  }

  @AfterEach
  void stop() {
    node.close();
    database.close();
  }

  private RunHandle fail(String unit, String message) {
    RunHandle run = manager.runUnitById(unit, RunRequest.PLAIN.withPayload(message));
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    return run;
  }

  private List<FailureKind> kinds(String unit) {
    Instant now = manager.monitoring().now();
    FailureQuery query =
        FailureQuery.between(now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
    return manager.monitoring().failures(unit == null ? query : query.ofUnit(unit));
  }

  private List<RunId> runs(RunQuery query) {
    return manager.findRuns(query).items().stream().map(RunView::id).toList();
  }

  @Test
  void failuresOfRunsAreGrouped() {
    RunHandle first = fail("fails", "row 17 is 'a b'");
    RunHandle other = fail("fails", "the bank is away");
    RunHandle last = fail("fails", "row 4,711 is \"it\"");
    RunHandle whole = fail("whole", "the bank is away");

    List<FailureKind> kinds = kinds(null);

    assertThat(kinds).hasSize(3);
    assertThat(kinds.get(0).type()).as("the process ends last").isEqualTo("ProcessFailed");
    assertThat(kinds.get(0).message()).contains("the bank is away");
    FailureKind away = kinds.get(1);
    assertThat(away.group()).isEqualTo(AWAY);
    assertThat(away.count()).isEqualTo(2);
    assertThat(away.first()).isEqualTo(ended(other));
    assertThat(away.last()).isAfter(away.first());
    assertThat(kinds.get(2))
        .isEqualTo(
            new FailureKind(BROKEN, STATE, "row 4,711 is \"it\"", 2, ended(first), ended(last)));
    assertThat(kinds("fails")).extracting(FailureKind::group).containsExactly(AWAY, BROKEN);
    assertThat(runs(RunQuery.LATEST.ofGroup(BROKEN))).containsExactly(last.id(), first.id());
    assertThat(runs(RunQuery.LATEST.ofUnit("whole").ofGroup(AWAY))).isEmpty();
    assertThat(runs(RunQuery.LATEST.ofGroup(kinds.get(0).group()))).containsExactly(whole.id());
    assertThat(runs(RunQuery.LATEST.ofGroup(AWAY).in(RunState.COMPLETED))).isEmpty();
  }

  private Instant ended(RunHandle run) {
    return manager.getRunById(run.id().value()).orElseThrow().times().endedAt();
  }

  @Test
  void onlyWhatFailedInTheSpanCounts() {
    Instant ended = ended(fail("fails", "the bank is away"));

    assertThat(manager.monitoring().failures(FailureQuery.between(ended, ended.plusMillis(1))))
        .hasSize(1);
    assertThat(manager.monitoring().failures(FailureQuery.between(ended.minusSeconds(9), ended)))
        .isEmpty();
    assertThat(manager.monitoring().failures(FailureQuery.between(Instant.MIN, Instant.MAX)))
        .hasSize(1);
  }

  @Test
  void whatFailedBeforeTheGroupsIsOther() throws Exception {
    RunHandle before = fail("fails", "the bank is away");
    database.execute("update sk_run set failure_group = null");
    RunHandle since = fail("fails", "the bank is away");

    assertThat(kinds(null)).extracting(FailureKind::group).containsExactly(AWAY, FailureKind.OTHER);
    assertThat(runs(RunQuery.LATEST.ofGroup(FailureKind.OTHER))).containsExactly(before.id());
    assertThat(runs(RunQuery.LATEST.ofGroup(AWAY))).containsExactly(since.id());
  }

  @Test
  void onlyWhoSeesPayloadsSeesMessages() {
    fail("fails", "the bank is away");

    assertThat(
            RecordJson.write(
                Asked.byAdmin(manager, new FailuresResource()).list("-1h", null, null, null)))
        .contains("\"group\":\"" + AWAY + "\"", "\"count\":1", "the bank is away");
    assertThat(
            RecordJson.write(
                Asked.byViewer(manager, new FailuresResource()).list(null, null, "fails", "1")))
        .contains("\"group\":\"" + AWAY + "\"", STATE)
        .doesNotContain("bank");
  }

  /** Three of four fail in two ways, as long as they may. */
  private static final class Mixed implements ItemWork<Integer, Integer> {
    private final int items;
    private volatile boolean fails = true;

    Mixed(int items) {
      this.items = items;
    }

    @Override
    public void enumerate(Items<Integer> all, RunContext run) {
      IntStream.range(0, items).forEach(all::add);
      all.keepOpen();
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      if (fails && number % 4 > 0) {
        throw new IllegalStateException(
            number % 4 == 1 ? "the bank is away" : "row " + number + " is '" + number + "'");
      }
      return number;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  private String begun(String unit, Mixed work) {
    manager.registerUnit(ItemSource.worker(unit, Integer.class, work));
    String run = manager.runWorkerById(unit).id().value();
    Await.until(Probe.PATIENCE, () -> statistics(run).ended() == work.items);
    work.fails = false;
    return run;
  }

  private ItemStatistics statistics(String run) {
    return manager
        .items()
        .findRun(run)
        .map(found -> found.statistics())
        .orElse(ItemStatistics.NONE);
  }

  private long failed(String run, String group) {
    return manager.items().list(run, ItemQuery.FIRST.limit(1000).ofGroup(group)).items().stream()
        .filter(item -> item.state() == ItemState.FAILED)
        .count();
  }

  @Test
  void failedItemsAreTriedAgainByTheirKind() {
    String run = begun("few", new Mixed(40));

    assertThat(manager.items().failures(run))
        .extracting(FailureKind::group, FailureKind::count)
        .containsExactlyInAnyOrder(tuple(AWAY, 10L), tuple(BROKEN, 20L));
    assertThat(failed(run, AWAY)).isEqualTo(10);
    assertThat(failed(run, BROKEN)).isEqualTo(20);

    assertThat(manager.items().retryGroup(run, AWAY)).isEqualTo(10);

    Await.until(Probe.PATIENCE, () -> statistics(run).completed() == 20);
    assertThat(statistics(run).failed()).isEqualTo(20);
    assertThat(manager.items().failures(run))
        .extracting(FailureKind::group)
        .containsExactly(BROKEN);
    assertThat(manager.items().list(run, ItemQuery.FIRST.ofGroup(AWAY)).items())
        .as("what has completed has failed no more")
        .isEmpty();
    assertThatThrownBy(() -> manager.items().retryGroup(run, "all"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itemsFromBeforeTheGroupsAreOther() throws Exception {
    String run = begun("old", new Mixed(40));
    database.execute("update sk_item set failure_group = null where mod(n, 2) = 0");
    long other =
        database.number(
            "select count(*) from sk_item where state = 'failed' and failure_group is null");

    assertThat(failed(run, FailureKind.OTHER)).isEqualTo(other).isPositive();
    assertThat(manager.items().retryGroup(run, FailureKind.OTHER)).isEqualTo((int) other);

    Await.until(Probe.PATIENCE, () -> statistics(run).completed() == 10 + other);
    assertThat(manager.items().failures(run))
        .extracting(FailureKind::group)
        .doesNotContain(FailureKind.OTHER);
  }

  /** Nodes of before know no groups: they look for texts in failures, and must not find all. */
  @Test
  void manyItemsAreTriedAgainByTheirKind() throws Exception {
    String run = begun("many", new Mixed(4400));

    node.inTransaction(
        () -> {
          assertThat(manager.items().retryGroup(run, AWAY)).isEqualTo(1100);
          try (Connection connection = node.dataSource().getConnection();
              Statement statement = connection.createStatement();
              ResultSet commands = statement.executeQuery("select failure from sk_item_retry")) {
            assertThat(commands.next()).isTrue();
            assertThat(commands.getString(1)).isEqualTo(AWAY);
          }
        });

    Await.until(Probe.PATIENCE, () -> statistics(run).completed() == 2200);
    assertThat(statistics(run).failed()).isEqualTo(2200);
  }
}
