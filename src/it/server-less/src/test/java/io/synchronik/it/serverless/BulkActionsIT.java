package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunQuery;
import io.synchronik.bulk.BulkAction;
import io.synchronik.bulk.BulkActions;
import io.synchronik.bulk.BulkCountException;
import io.synchronik.bulk.BulkFilter;
import io.synchronik.bulk.BulkQuery;
import io.synchronik.bulk.BulkRequest;
import io.synchronik.bulk.BulkState;
import io.synchronik.bulk.BulkView;
import io.synchronik.bulk.UnknownBulkException;
import io.synchronik.event.ItemsReset;
import io.synchronik.event.Milestone;
import io.synchronik.impl.audit.Asking;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemStatistics;
import io.synchronik.monitor.AuditEntry;
import io.synchronik.monitor.AuditQuery;
import io.synchronik.process.Process;
import io.synchronik.run.Cause;
import io.synchronik.run.FailureKind;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.schedule.Overlap;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The same done to many runs, items or units by the server. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class BulkActionsIT extends SharedNode {
  private static final String GROUP = "0123456789abcdef";
  private static final String OTHERS = "fedcba9876543210";
  private static final int MANY = 3000;

  private final Faults faults = new Faults();
  private CountDownLatch goOn = new CountDownLatch(1);
  private BulkActions bulk;

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.faults(faults).setting("synchronik.history.retain", "1h");
  }

  @Override
  void prepare() {
    bulk = manager.bulk();
  }

  @AfterEach
  void clear() {
    faults.clear();
    goOn.countDown();
    goOn = new CountDownLatch(1);
  }

  private static BulkRequest retry(BulkFilter filter) {
    return BulkRequest.of(BulkAction.RETRY, filter);
  }

  private static BulkRequest cancel(BulkFilter filter) {
    return BulkRequest.of(BulkAction.CANCEL, filter);
  }

  private BulkView view(String id) {
    return bulk.find(id).orElseThrow();
  }

  private BulkView ended(BulkView begun) {
    Await.until(Probe.PATIENCE, () -> view(begun.id()).state().isFinal());
    return view(begun.id());
  }

  private BulkView ended(BulkRequest request) {
    return ended(bulk.start(request));
  }

  private static void assertCounts(BulkView ended, long done, long skipped, long failed) {
    assertThat(ended.progress().done()).as("done").isEqualTo(done);
    assertThat(ended.progress().skipped()).as("skipped").isEqualTo(skipped);
    assertThat(ended.progress().failed()).as("failed").isEqualTo(failed);
    assertThat(ended.progress().held()).as("held").isZero();
  }

  private long number(String sql, Object... values) {
    try {
      return database.number(sql, values);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long set(RunHandle run) {
    return number("select id from sk_item_set where run = ?", run.id().value());
  }

  private BulkFilter.Items itemsOf(RunHandle run) {
    return BulkFilter.Items.ALL.ofRun(run.id().value());
  }

  @Test
  void itemsOfOneKindAmongManyAreTriedAgainEachOnce() throws Exception {
    int all = 20_000;
    RunHandle run = ManyFailed.begin(manager, database, "kinds", all);
    database.execute(
        "update sk_item set failure_group = case when mod(n, 2) = 0 then '%s' else '%s' end where item_set = ?"
            .formatted(GROUP, OTHERS),
        set(run));
    BulkFilter one = itemsOf(run).ofGroup(GROUP);
    assertThat(bulk.count(BulkAction.RETRY, one)).isEqualTo(all / 2);

    BulkView begun = bulk.start(retry(one).expecting(all / 2).because("it is mended"));
    assertThat(begun.state()).isEqualTo(BulkState.RUNNING);
    assertThat(begun.progress().expected()).isEqualTo(all / 2);
    BulkView ended = ended(begun);

    assertThat(ended.state()).isEqualTo(BulkState.DONE);
    assertCounts(ended, all / 2, 0, 0);
    assertThat(ended.filter()).isEqualTo(one);
    assertThat(ended.action()).isEqualTo(BulkAction.RETRY);
    assertThat(ended.asked().reason()).isEqualTo("it is mended");
    assertThat(ended.end().at()).isAfterOrEqualTo(ended.asked().at());
    assertThat(ended.end().canceledBy()).isNull();
    assertThat(itemStatistics(run)).isEqualTo(new ItemStatistics(all / 2, 0, 0, all / 2, 0));
    assertThat(
            database.rows(
                "select failure_group, state, fence, count(*) from sk_item where item_set = ?"
                    + " group by failure_group, state, fence order by 1",
                set(run)))
        .as("a fence rises each time")
        .isEqualTo(
            List.of(
                List.of(GROUP, "ready", 2L, (long) all / 2),
                List.of(OTHERS, "failed", 1L, (long) all / 2)));
    ItemsReset reset = awaitEvent(ItemsReset.class, "kinds");
    assertThat(reset.items()).isEqualTo(all / 2);
    assertThat(reset.group()).isEqualTo(GROUP);
    Milestone told = told(begun);
    assertThat(told.milestoneId()).isEqualTo("bulk:done");
    assertThat(told.content().json())
        .contains("\"action\":\"retry\"", "\"over\":\"items\"", "\"done\":10000");
    assertThat(events.seen(event -> isAbout(ItemsReset.class, "kinds", event))).hasSize(1);
  }

  private Milestone told(BulkView bulk) {
    return (Milestone)
        events
            .awaitCount(
                1,
                event ->
                    event instanceof Milestone milestone
                        && milestone.milestoneId().startsWith("bulk:")
                        && String.valueOf(milestone.content().json()).contains(bulk.id()),
                Probe.PATIENCE)
            .get(0);
  }

  @Test
  void itemsAreChosenByRunUnitAndFailure() throws Exception {
    RunHandle one = ManyFailed.begin(manager, database, "chosen", 7);
    RunHandle other = ManyFailed.begin(manager, database, "not-chosen", 5);
    database.execute(
        "update sk_item set failure_message = 'it is 100% odd' where item_set = ? and mod(n, 2) ="
            + " 1",
        set(one));
    BulkFilter.Items ofUnit = BulkFilter.Items.ALL.ofUnit("chosen");

    assertThat(bulk.count(BulkAction.RETRY, ofUnit)).isEqualTo(7);
    assertThat(bulk.count(BulkAction.RETRY, ofUnit.ofRun(other.id().value()))).isZero();
    assertThat(bulk.count(BulkAction.RETRY, ofUnit.ofGroup(FailureKind.OTHER))).isEqualTo(7);
    assertThat(bulk.count(BulkAction.RETRY, ofUnit.ofGroup(GROUP))).isZero();
    assertThat(bulk.count(BulkAction.RETRY, ofUnit.failedWith("100% odd"))).isEqualTo(4);
    assertThat(bulk.count(BulkAction.RETRY, ofUnit.failedWith("100_ odd"))).isZero();
    assertThat(bulk.count(BulkAction.RETRY, BulkFilter.Items.ALL)).isGreaterThanOrEqualTo(12);
    assertThat(bulk.count(BulkAction.CANCEL, ofUnit)).isZero();
    assertCounts(ended(retry(ofUnit.failedWith("100% odd"))), 4, 0, 0);
    assertThat(itemStatistics(one)).isEqualTo(new ItemStatistics(4, 0, 0, 3, 0));
    assertThat(itemStatistics(other).failed()).isEqualTo(5);
    assertThat(bulk.count(BulkAction.CANCEL, ofUnit)).isEqualTo(4);
    assertThat(bulk.count(BulkAction.CANCEL, ofUnit.failedWith("odd"))).isEqualTo(4);
    assertThat(bulk.count(BulkAction.CANCEL, ofUnit.failedWith("broke"))).isZero();
  }

  @Test
  void itemsOfManyRunsAreWithdrawn() throws Exception {
    String group = "a".repeat(16);
    List<RunHandle> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      runs.add(ManyFailed.begin(manager, database, "withdrawn-" + i, 600));
      database.execute(
          "update sk_item set failure_group = ? where item_set = ?", group, set(runs.get(i)));
    }
    RunHandle other = ManyFailed.begin(manager, database, "not-withdrawn", 600);
    BulkFilter.Items all = BulkFilter.Items.ALL.ofGroup(group);
    assertCounts(ended(retry(all).expecting(1800)), 1800, 0, 0);
    for (int i = 0; i < 3; i++) {
      assertThat(awaitEvent(ItemsReset.class, "withdrawn-" + i).items()).isEqualTo(600);
    }

    BulkView ended = ended(cancel(all).expecting(1800).because("nobody needs them"));

    assertThat(ended.state()).isEqualTo(BulkState.DONE);
    assertCounts(ended, 1800, 0, 0);
    for (RunHandle run : runs) {
      assertThat(itemStatistics(run)).isEqualTo(new ItemStatistics(0, 0, 0, 0, 600));
      assertThat(
              manager
                  .items()
                  .list(run.id().value(), ItemQuery.FIRST.in(ItemState.CANCELED))
                  .items())
          .hasSize(50)
          .allSatisfy(
              item ->
                  assertThat(item.execution().failure().message()).isEqualTo("nobody needs them"));
    }
    assertThat(itemStatistics(other)).isEqualTo(new ItemStatistics(0, 0, 0, 600, 0));
  }

  @Test
  void countThatIsNotExpectedIsRefused() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "expected", 300);
    BulkRequest request = retry(itemsOf(run));
    long before = number("select count(*) from sk_bulk");

    assertThatThrownBy(() -> bulk.start(request.expecting(285)))
        .isInstanceOfSatisfying(
            BulkCountException.class,
            refused -> {
              assertThat(refused.expected()).isEqualTo(285);
              assertThat(refused.actual()).isEqualTo(300);
            })
        .hasMessageStartingWith("SYNC-0213 ")
        .hasMessageContaining("300")
        .hasMessageContaining("285");
    assertThatThrownBy(() -> bulk.start(request.expecting(0)))
        .isInstanceOf(BulkCountException.class);
    assertThatThrownBy(() -> bulk.start(request.expecting(Long.MAX_VALUE)))
        .isInstanceOf(BulkCountException.class);
    RunHandle few = ManyFailed.begin(manager, database, "few-expected", 19);
    assertThatThrownBy(() -> bulk.start(retry(itemsOf(few)).expecting(8)))
        .as("of few some may differ")
        .isInstanceOf(BulkCountException.class);
    assertThat(number("select count(*) from sk_bulk")).isEqualTo(before);
    assertThat(itemStatistics(run).failed()).isEqualTo(300);

    assertCounts(ended(request.expecting(286)), 300, 0, 0);
    assertCounts(ended(retry(itemsOf(few)).expecting(9)), 19, 0, 0);
  }

  @Test
  void failedRunsAreRunAgainOnce() {
    AtomicBoolean broken = new AtomicBoolean(true);
    register(
        "breaks",
        run -> {
          if (broken.get()) {
            throw new IllegalStateException("broken " + run.payload(Integer.class));
          }
          return run.payload(Integer.class);
        },
        config -> config.overlap(Overlap.ALLOW));
    List<RunHandle> runs =
        IntStream.range(0, 250).mapToObj(i -> manager.runWorkerById("breaks", i)).toList();
    runs.forEach(run -> assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED));
    broken.set(false);
    BulkFilter.Runs failed = BulkFilter.Runs.ALL.ofUnit("breaks");
    String group =
        manager.findRuns(RunQuery.LATEST.ofUnit("breaks")).items().isEmpty() ? "" : group("breaks");
    assertThat(bulk.count(BulkAction.RETRY, failed.ofGroup(group))).isEqualTo(250);
    assertThat(bulk.count(BulkAction.RETRY, failed.ofGroup(FailureKind.OTHER))).isZero();
    assertThat(bulk.count(BulkAction.RETRY, failed.in(RunState.CANCELED))).isZero();
    assertThat(bulk.count(BulkAction.RETRY, failed.in(RunState.CANCELED, RunState.FAILED)))
        .isEqualTo(250);

    BulkView ended = ended(retry(failed.ofGroup(group)).expecting(250));

    assertCounts(ended, 250, 0, 0);
    Await.until(
        Probe.PATIENCE,
        () ->
            number(
                    "select count(*) from sk_run where unit = 'breaks' and state = 'completed'"
                        + " and result = payload and cause = 'retry'")
                == 250);
    assertThat(number("select count(distinct retry_of) from sk_run where unit = 'breaks'"))
        .isEqualTo(250);
    assertThat(bulk.count(BulkAction.RETRY, failed)).isZero();
    assertCounts(ended(retry(failed).expecting(0)), 0, 0, 0);
    assertThat(number("select count(*) from sk_run where unit = 'breaks'")).isEqualTo(500);
  }

  private String group(String unit) {
    try {
      return database
          .rows("select min(failure_group) from sk_run where unit = ? and state = 'failed'", unit)
          .get(0)
          .get(0)
          .toString();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void processesAreRunAgainInPart() {
    AtomicBoolean broken = new AtomicBoolean(true);
    AtomicInteger begun = new AtomicInteger();
    register("first-part", run -> begun.incrementAndGet());
    register(
        "second-part",
        run -> {
          if (broken.get()) {
            throw new IllegalStateException("broken");
          }
          return "done";
        });
    manager.registerUnit(Process.named("parts").workers("first-part", "second-part").build());
    RunHandle run = manager.runProcessById("parts");
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    broken.set(false);
    assertThat(bulk.count(BulkAction.RETRY, BulkFilter.Runs.ALL.ofUnit("second-part")))
        .as("parts are run again with what they are part of")
        .isZero();

    assertCounts(ended(retry(BulkFilter.Runs.ALL.ofUnit("parts")).expecting(1)), 1, 0, 0);

    Await.until(
        Probe.PATIENCE,
        () ->
            manager.findRuns(RunQuery.LATEST.ofUnit("parts").in(RunState.COMPLETED)).items().size()
                == 1);
    RunView again =
        manager.findRuns(RunQuery.LATEST.ofUnit("parts").in(RunState.COMPLETED)).items().get(0);
    assertThat(again.origin().cause()).isEqualTo(Cause.RETRY);
    assertThat(begun).hasValue(1);
  }

  @Test
  void openRunsAreCancelled() {
    Held held = Held.interruptibly();
    register("open", held, config -> config.overlap(Overlap.ALLOW));
    register("open-too", held, config -> config.overlap(Overlap.ALLOW));
    manager.registerUnit(Process.named("open-process").workers("open-too").build());
    List<RunHandle> runs =
        IntStream.range(0, 150).mapToObj(i -> manager.runWorkerById("open")).toList();
    RunHandle other = manager.runWorkerById("open-too");
    RunHandle process = manager.runProcessById("open-process");
    Await.until(
        Probe.PATIENCE,
        () ->
            number("select count(*) from sk_run where parent is not null and unit = 'open-too'")
                == 1);
    BulkFilter.Runs ofUnit = BulkFilter.Runs.ALL.ofUnit("open");
    Await.until(
        Probe.PATIENCE,
        () ->
            number("select count(*) from sk_run where unit = 'open' and state = 'submitted'") == 0);
    assertThat(bulk.count(BulkAction.CANCEL, ofUnit)).isEqualTo(150);
    assertThat(bulk.count(BulkAction.CANCEL, ofUnit.in(RunState.SUBMITTED))).isZero();

    BulkView ended = ended(cancel(ofUnit).expecting(150).because("why ".repeat(100)));

    assertCounts(ended, 150, 0, 0);
    runs.forEach(run -> assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED));
    assertThat(other.state().isFinal()).isFalse();
    assertThat(bulk.count(BulkAction.CANCEL, BulkFilter.Runs.ALL.ofUnit("open-too")))
        .as("parts of processes too")
        .isEqualTo(2);
    assertCounts(ended(cancel(BulkFilter.Runs.ALL.ofUnit("open-process"))), 1, 0, 0);
    assertThat(process.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    ended(cancel(BulkFilter.Runs.ALL.ofUnit("open-too")));
    assertThat(other.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    Await.until(
        Probe.PATIENCE,
        () ->
            number(
                    "select sum(active_runs) from sk_unit where id in ('open', 'open-too',"
                        + " 'open-process')")
                == 0);
  }

  @Test
  void runsOfPausedUnitsFailAndTheRestIsLeftAlone() {
    register(
        "paused-one",
        run -> {
          throw new IllegalStateException("broken");
        },
        config -> config.overlap(Overlap.ALLOW));
    List<RunHandle> runs =
        IntStream.range(0, 230).mapToObj(i -> manager.runWorkerById("paused-one")).toList();
    runs.forEach(run -> run.join(Probe.PATIENCE));
    manager.pause("paused-one");

    BulkView ended = ended(retry(BulkFilter.Runs.ALL.ofUnit("paused-one")));

    assertThat(ended.state()).isEqualTo(BulkState.FAILED);
    assertThat(ended.progress().failure()).contains("SYNC-0062", "paused");
    assertCounts(ended, 0, 0, 100);
    assertThat(ended.progress().expected()).isEqualTo(230);
    assertThat(told(ended).milestoneId()).isEqualTo("bulk:failed");
  }

  @Test
  void unitsAreSet() {
    for (int i = 0; i < 120; i++) {
      register("unit-" + i, run -> "done");
    }
    BulkFilter.Units some = BulkFilter.Units.ALL.mentioning("UNIT-");
    assertThat(bulk.count(BulkAction.PAUSE, some)).isEqualTo(120);
    assertThat(bulk.count(BulkAction.RESUME, some)).isZero();
    assertThat(bulk.count(BulkAction.PAUSE, some.of("unit-7", "unit-8", "nobody"))).isEqualTo(2);
    assertThat(bulk.count(BulkAction.PAUSE, some.ofKind(UnitKind.PROCESS))).isZero();
    assertThat(bulk.count(BulkAction.PAUSE, some.in(UnitStatus.ERROR))).isZero();
    assertThat(bulk.count(BulkAction.PAUSE, BulkFilter.Units.ALL.mentioning("unit_"))).isZero();
    manager.pause("unit-7");
    Await.until(Probe.PATIENCE, () -> bulk.count(BulkAction.PAUSE, some) == 119);

    assertCounts(ended(BulkRequest.of(BulkAction.PAUSE, some).expecting(119)), 119, 0, 0);

    assertThat(
            manager.listUnits().stream()
                .filter(unit -> unit.id().value().startsWith("unit-"))
                .allMatch(unit -> unit.status() == UnitStatus.PAUSED))
        .isTrue();
    Await.until(Probe.PATIENCE, () -> bulk.count(BulkAction.RESUME, some) == 120);
    assertThat(bulk.count(BulkAction.RESUME, some.in(UnitStatus.PAUSED))).isEqualTo(120);
    assertCounts(ended(BulkRequest.of(BulkAction.RESUME, some)), 120, 0, 0);
    Await.until(Probe.PATIENCE, () -> bulk.count(BulkAction.PAUSE, some) == 120);
    assertCounts(ended(BulkRequest.of(BulkAction.DISABLE, some.of("unit-1"))), 1, 0, 0);
    Await.until(Probe.PATIENCE, () -> bulk.count(BulkAction.ENABLE, some) == 1);
    assertThat(unit("unit-1").control().enabled()).isFalse();
    assertCounts(ended(BulkRequest.of(BulkAction.ENABLE, some)), 1, 0, 0);
    Await.until(Probe.PATIENCE, () -> unit("unit-1").control().enabled());
  }

  /** What is set of a unit that somebody holds is applied when he lets go of it. */
  @Test
  void unitsThatACallerHoldsHoldUpNobody() throws Exception {
    register("held-unit", run -> "done");
    register("free-unit", run -> "done");
    BulkFilter.Units both = BulkFilter.Units.ALL.of("held-unit", "free-unit");
    node.inTransaction(
        () -> {
          manager.updateUnitConfig("held-unit", config -> config.maxRetries(1));
          List<BulkView> ended = new CopyOnWriteArrayList<>();
          Thread other = new Thread(() -> ended.add(ended(BulkRequest.of(BulkAction.PAUSE, both))));
          other.start();
          other.join();
          assertCounts(ended.get(0), 2, 0, 0);
        });

    Await.until(Probe.PATIENCE, () -> bulk.count(BulkAction.RESUME, both) == 2);
    assertThat(unit("held-unit").status()).isEqualTo(UnitStatus.PAUSED);
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    assertThatThrownBy(() -> BulkRequest.of(BulkAction.PAUSE, BulkFilter.Runs.ALL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BulkRequest.of(BulkAction.RETRY, BulkFilter.Units.ALL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cancel(BulkFilter.Runs.ALL.in(RunState.FAILED)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cancel(BulkFilter.Runs.ALL.ofGroup(GROUP)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> retry(BulkFilter.Runs.ALL.in(RunState.COMPLETED)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> retry(BulkFilter.Runs.ALL).expecting(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bulk.cancel("nobody"))
        .isInstanceOf(UnknownBulkException.class)
        .hasMessage("SYNC-0214 No bulk action has the id 'nobody'");
    assertThat(bulk.find("nobody")).isEmpty();
  }

  /** Holds one of the items until it is closed. */
  private Connection hold(RunHandle run) throws SQLException {
    long set = set(run);
    long last = number("select max(n) from sk_item where item_set = ?", set);
    Connection connection = database.connect();
    connection.setAutoCommit(false);
    try (PreparedStatement lock =
        connection.prepareStatement(
            "select n from sk_item where app = 'test' and item_set = ? and n = ? for update")) {
      lock.setLong(1, set);
      lock.setLong(2, last - MANY / 2);
      assertThat(lock.executeQuery().next()).isTrue();
    }
    return connection;
  }

  @Test
  void whatSomebodyHoldsComesLast() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "held-item", MANY);
    BulkView begun;
    try (Connection holder = hold(run)) {
      begun = bulk.start(retry(itemsOf(run)));
      Await.until(Probe.PATIENCE, () -> itemStatistics(run).failed() == 1);
      Await.until(Probe.PATIENCE, () -> view(begun.id()).progress().done() == MANY - 1);
      assertThat(view(begun.id()).progress().held()).isEqualTo(1);
      assertThat(view(begun.id()).state()).isEqualTo(BulkState.RUNNING);
      RunHandle other = ManyFailed.begin(manager, database, "free-items", 10);
      assertCounts(ended(retry(itemsOf(other))), 10, 0, 0);
      holder.rollback();
    }

    assertCounts(ended(begun), MANY, 0, 0);
    assertThat(number("select count(*) from sk_item where item_set = ? and fence = 2", set(run)))
        .isEqualTo(MANY);
    assertThat(number("select count(*) from sk_bulk_aside where bulk = ?", begun.id())).isZero();
    assertThat(awaitEvent(ItemsReset.class, "held-item").items()).isEqualTo(MANY);
  }

  /** Who holds it does with it what was to be done. */
  @Test
  void whatHasChangedIsSkippedAndCounted() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "changed", MANY);
    BulkView begun;
    try (Connection holder = hold(run)) {
      begun = bulk.start(retry(itemsOf(run)));
      Await.until(Probe.PATIENCE, () -> view(begun.id()).progress().held() == 1);
      try (PreparedStatement change =
          holder.prepareStatement(
              "update sk_item set state = 'ready', fence = fence + 1, ended_at = null"
                  + " where app = 'test' and item_set = ? and n = ?")) {
        change.setLong(1, set(run));
        change.setLong(2, 1_000_000_000L + MANY - MANY / 2);
        assertThat(change.executeUpdate()).isEqualTo(1);
      }
      holder.commit();
    }

    assertCounts(ended(begun), MANY - 1, 1, 0);
    assertThat(number("select max(fence) from sk_item where item_set = ?", set(run))).isEqualTo(2);
  }

  /** Runs whose rows a caller's transaction holds. */
  @Test
  void runsThatACallerHoldsComeLast() throws Exception {
    Held held = Held.interruptibly();
    register("caller", held, config -> config.overlap(Overlap.ALLOW));
    List<RunHandle> runs =
        IntStream.range(0, 20).mapToObj(i -> manager.runWorkerById("caller")).toList();
    Await.until(
        Probe.PATIENCE,
        () ->
            number("select count(*) from sk_run where unit = 'caller' and state = 'submitted'")
                == 0);
    List<BulkView> begun = new ArrayList<>();
    node.inTransaction(
        () -> {
          manager.findRun(runs.get(3).id().value()).orElseThrow().cancel();
          Thread other =
              new Thread(() -> begun.add(bulk.start(cancel(BulkFilter.Runs.ALL.ofUnit("caller")))));
          other.start();
          other.join();
          Await.until(
              Probe.PATIENCE,
              () -> number("select done from sk_bulk where id = ?", begun.get(0).id()) == 19);
          assertThat(number("select held from sk_bulk where id = ?", begun.get(0).id()))
              .isEqualTo(1);
        });

    assertCounts(ended(begun.get(0)), 19, 1, 0);
    runs.forEach(run -> assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED));
  }

  /** Lets the thread of bulk actions go on to its so-manieth commit, and no further. */
  private CountDownLatch stopAtCommit(int commit) {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch allowed = goOn;
    AtomicInteger commits = new AtomicInteger();
    faults.watch(
        hit -> {
          if (hit.thread().startsWith("synchronik-bulk")
              && hit.what().equals(Faults.COMMIT)
              && commits.incrementAndGet() == commit) {
            reached.countDown();
            try {
              allowed.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        });
    return reached;
  }

  /** What has failed is not over while it is to be tried again. */
  @Test
  void runGoesOnUntilItsItemsAreTriedAgain() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "not-over", MANY);
    CountDownLatch reached = stopAtCommit(1);
    BulkView begun = bulk.start(retry(itemsOf(run)));
    reached.await();

    manager.items().close(run.id().value());
    manager.runLoopOnce();
    RunHandle other = ManyFailed.begin(manager, database, "over", 10);
    manager.items().close(other.id().value());
    other.join(Probe.PATIENCE);
    assertThat(itemStatistics(run).failed()).isEqualTo(MANY);
    assertThat(run.state()).isEqualTo(RunState.RUNNING);
    goOn.countDown();

    assertCounts(ended(begun), MANY, 0, 0);
    assertThat(run.state()).isEqualTo(RunState.RUNNING);
  }

  @Test
  void canceledOneStopsAfterItsBite() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "canceled", MANY);
    CountDownLatch reached = stopAtCommit(4);
    BulkView begun = bulk.start(retry(itemsOf(run)));
    reached.await();
    long done = view(begun.id()).progress().done();
    assertThat(done).isBetween(1L, MANY - 1L);

    assertThat(bulk.cancel(begun.id())).isTrue();
    assertThat(bulk.cancel(begun.id())).isFalse();
    assertThat(view(begun.id()).end().canceledBy()).isEqualTo("code");
    assertThat(view(begun.id()).end().at()).isNull();
    goOn.countDown();

    BulkView ended = ended(begun);
    assertThat(ended.state()).isEqualTo(BulkState.CANCELED);
    assertCounts(ended, done, 0, 0);
    assertThat(itemStatistics(run)).isEqualTo(new ItemStatistics(done, 0, 0, MANY - done, 0));
    assertThat(told(begun).milestoneId()).isEqualTo("bulk:canceled");
    assertThat(awaitEvent(ItemsReset.class, "canceled").items()).isEqualTo(done);
    assertThat(bulk.cancel(begun.id())).isFalse();
  }

  /** The node's connections end while it is at it. */
  @Test
  void outageInTheMiddleDoublesNothing() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "outage", MANY);
    CountDownLatch reached = stopAtCommit(3);
    BulkView begun = bulk.start(retry(itemsOf(run)));
    reached.await();
    node.disconnect();
    goOn.countDown();
    Await.until(
        Probe.PATIENCE,
        () -> node.refused().stream().anyMatch(name -> name.startsWith("synchronik-")));
    node.reconnect();

    assertCounts(ended(begun), MANY, 0, 0);
    assertThat(
            number(
                "select count(*) from sk_item where item_set = ? and state = 'ready' and fence = 2",
                set(run)))
        .isEqualTo(MANY);
    assertThat(itemStatistics(run)).isEqualTo(new ItemStatistics(MANY, 0, 0, 0, 0));
    assertThat(awaitEvent(ItemsReset.class, "outage").items()).isEqualTo(MANY);
  }

  @Test
  void faultThatPassesStopsNothing() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "faulty", 40);
    faults.set(
        Faults.Kind.STATEMENT_FAILS, 3, thread -> thread.getName().startsWith("synchronik-bulk"));

    assertCounts(ended(retry(itemsOf(run))), 40, 0, 0);
    assertThat(number("select max(fence) from sk_item where item_set = ?", set(run))).isEqualTo(2);
  }

  /** The database refuses one of them whenever it is tried. */
  @Test
  void oneThatFailsIsCountedAndTheOthersGoOn() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "one-fails", 1200);
    database.execute(
        "alter table sk_item add constraint one_fails check"
            + " (item_set <> %d or n <> 1000000007 or state <> 'ready')".formatted(set(run)));
    try {
      BulkView ended = ended(retry(itemsOf(run)));

      assertThat(ended.state()).isEqualTo(BulkState.DONE);
      assertCounts(ended, 1199, 0, 1);
      assertThat(ended.progress().failure()).containsIgnoringCase("one_fails");
      assertThat(itemStatistics(run)).isEqualTo(new ItemStatistics(1199, 0, 0, 1, 0));
    } finally {
      database.execute("alter table sk_item drop constraint one_fails");
    }
  }

  @Test
  void belongsToTheCallersTransaction() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "joined", 10);
    List<BulkView> begun = new ArrayList<>();
    assertThatThrownBy(
            () ->
                node.inTransaction(
                    () -> {
                      begun.add(bulk.start(retry(itemsOf(run))));
                      assertThat(bulk.find(begun.get(0).id())).isPresent();
                      throw new IllegalStateException("not so");
                    }))
        .hasMessage("not so");
    assertThat(bulk.find(begun.get(0).id())).isEmpty();
    assertThat(itemStatistics(run).failed()).isEqualTo(10);

    node.inTransaction(() -> begun.set(0, bulk.start(retry(itemsOf(run)))));

    assertCounts(ended(begun.get(0)), 10, 0, 0);
  }

  @Test
  void areListedNewestFirstAndGoWithTheirTime() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      BulkFilter none = BulkFilter.Runs.ALL.ofUnit("nobody");
      ids.add(0, ended(retry(none)).id());
    }
    assertThat(bulk.list(BulkQuery.LATEST.limit(2)).items())
        .extracting(BulkView::id)
        .isEqualTo(ids.subList(0, 2));
    assertThat(bulk.list(BulkQuery.LATEST.limit(2)).next()).isEqualTo(ids.get(1));
    assertThat(bulk.list(BulkQuery.LATEST.before(ids.get(1)).limit(1)).items())
        .extracting(BulkView::id)
        .containsExactly(ids.get(2));
    database.execute(
        "update sk_bulk set ended_at = ? where id = ?", ManyFailed.LONG_AGO, ids.get(1));

    manager.runWatcherScan();

    assertThat(bulk.find(ids.get(1))).isEmpty();
    assertThat(bulk.find(ids.get(0))).isPresent();
    assertThat(bulk.find(ids.get(2))).isPresent();
  }

  @Test
  void beginAndEndAreWrittenDown() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "audited", 10);
    BulkView begun =
        Asking.by(
            new Asking.Asker("anna", "192.0.2.7", "it is late"),
            () -> bulk.start(retry(itemsOf(run).failedWith("it broke")).expecting(10)));
    ended(begun);
    assertThat(view(begun.id()).asked().by()).isEqualTo("anna");
    assertThat(view(begun.id()).asked().reason()).isEqualTo("it is late");

    List<AuditEntry> entries = manager.monitoring().audit(AuditQuery.LATEST.of(begun.id())).items();

    assertThat(entries).hasSize(2);
    AuditEntry begin = entries.get(1);
    assertThat(begin.who()).isEqualTo(new AuditEntry.Who("anna", "192.0.2.7"));
    assertThat(begin.reason()).isEqualTo("it is late");
    assertThat(begin.what().action()).isEqualTo("bulk");
    assertThat(begin.what().kind()).isEqualTo("bulk");
    assertThat(begin.what().after())
        .contains(
            "\"action\":\"retry\"",
            "\"over\":\"items\"",
            "\"failure\":\"it broke\"",
            run.id().value(),
            "\"expected\":10");
    AuditEntry end = entries.get(0);
    assertThat(end.who()).isEqualTo(new AuditEntry.Who("anna", null));
    assertThat(end.what().action()).isEqualTo("bulk-ended");
    assertThat(end.what().after()).contains("\"state\":\"done\"", "\"done\":10");
    BulkView byCode = bulk.start(retry(itemsOf(run)).because("code does"));
    ended(byCode);
    assertThat(manager.monitoring().audit(AuditQuery.LATEST.of(byCode.id())).items())
        .allSatisfy(
            entry -> {
              assertThat(entry.who()).isEqualTo(new AuditEntry.Who(null, null));
              assertThat(entry.reason()).isEqualTo("code does");
            });
  }

  /** A round of the loop asks the database nothing for it. */
  @Test
  void costsNothingWhenThereIsNone() {
    Await.until(
        Probe.PATIENCE, () -> number("select count(*) from sk_bulk where ended_at is null") == 0);
    List<String> asked = new CopyOnWriteArrayList<>();
    faults.watch(
        hit -> {
          if (hit.what().contains("sk_bulk")) {
            asked.add(hit.what());
          }
        });
    for (int i = 0; i < 5; i++) {
      manager.runLoopOnce();
    }

    assertThat(asked)
        .as("a heartbeat asks with what it asks anyway")
        .allMatch(BulkActionsIT::isHeartbeat);
  }

  private static boolean isHeartbeat(String statement) {
    return statement.contains("from sk_node");
  }
}
