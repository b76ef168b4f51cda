package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.JournalQuery;
import io.synchronik.RunQuery;
import io.synchronik.SynchronikManager;
import io.synchronik.UnitQuery;
import io.synchronik.bulk.BulkAction;
import io.synchronik.bulk.BulkActions;
import io.synchronik.bulk.BulkFilter;
import io.synchronik.bulk.BulkQuery;
import io.synchronik.bulk.BulkRequest;
import io.synchronik.event.Milestone;
import io.synchronik.event.Subscription;
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
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.monitor.AuditQuery;
import io.synchronik.monitor.CalendarQuery;
import io.synchronik.monitor.DueQuery;
import io.synchronik.monitor.FailureQuery;
import io.synchronik.monitor.StatisticsQuery;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.WorkerPool;
import io.synchronik.run.FailureKind;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerDefinition;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL reads no large table as a whole, whatever the engine does: the database itself counts.
 * The property {@code synchronik.it.scale} multiplies the sizes; 25 makes more than a million runs
 * and five million events.
 */
class PlansIT {
  private static final int SCALE = Integer.getInteger("synchronik.it.scale", 1);
  private static final int ROOTS = 1000;
  private static final int RUNS = 60_000 * SCALE;
  private static final int BATCHES = 80_000 * SCALE;
  private static final int EVENTS_OF_ONE = 5;
  private static final int ITEMS = 60_000 * SCALE;
  private static final int TASKS = 10_000 * SCALE;

  /** What is kept is not read again by each scan. */
  private static final int SCANS = 4;

  /** One of so many runs and items of the largest set has failed. */
  private static final int FAILED = 200;

  /** It has as many items as all others together. */
  private static final String LARGE_RUN = "01A" + "0".repeat(22) + "1";

  private static final String GROUP = "0".repeat(15) + "1";

  /** The id of a batch by its number: one in each hundredth of a second or two. */
  private static final String BATCH =
      "'01A' || lpad(upper(to_hex(g)), 6, '0') || '0' || repeat('0', 16)";

  /** More than a megabyte of milestones. */
  private static final int LATE = 150;

  private static final String LARGE =
      "('sk_run', 'sk_event', 'sk_event_batch', 'sk_item', 'sk_pool_task', 'sk_kept_key',"
          + " 'sk_audit', 'sk_bulk', 'sk_bulk_aside')";

  private Database database;
  private Node node;

  /** Ten of a hundred fail, as long as they may. */
  private static final class Numbers implements ItemWork<Integer, Integer> {
    private boolean fails = true;

    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, 100).forEach(items::add);
      items.keepOpen();
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      if (fails && number < 10) {
        throw new IllegalStateException("no");
      }
      return number;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  private final Numbers numbers = new Numbers();

  /** Its keys are unique beyond one run. */
  private static final class Keyed implements ItemWork<Integer, Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, 100).forEach(i -> items.add("key " + i, i));
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      return number;
    }
  }

  @BeforeEach
  void fill() throws Exception {
    database = DatabaseKind.POSTGRESQL.create("plans");
    start();
    node.manager().runWorkerById("few").join(Probe.PATIENCE);
    node.close();
    runs();
    events();
    items();
    tasks();
    keys();
    audit();
    bulk();
    database.execute("vacuum analyze");
    start();
    database.execute("select 1 from pg_stat_reset()");
  }

  @AfterEach
  void close() {
    node.close();
    database.close();
  }

  private void start() throws Exception {
    node =
        Node.on(database)
            .setting("synchronik.loop-interval", "200ms")
            .setting("synchronik.history.runs", "1000")
            .setting("synchronik.history.retain", "3650d")
            .setting("synchronik.retention.audit", "36500d")
            .start();
    SynchronikManager manager = node.manager();
    manager.registerUnit(WorkerDefinition.of("crowd", run -> null));
    manager.registerUnit(WorkerDefinition.of("few", run -> "done"));
    manager.registerUnit(ItemSource.worker("numbers", Integer.class, numbers));
    manager.registerUnit(
        ItemSource.worker("keyed", Integer.class, new Keyed())
            .with(config -> config.uniqueFor(Duration.ofDays(1))));
    manager.useWorkerPool("pool", 2);
  }

  private void runs() throws SQLException {
    database.execute(
        """
        insert into sk_run (app, id, unit, state, cause, submitted_at, started_at, ended_at, attempt,
          losses, fence, forced, items, parent, parent_unit, task, generation, result, failure_type,
          failure_message, failure_group)
        select t.app, '01A' || lpad(upper(to_hex(g)), 23, '0'), 'crowd',
          case when g %% %d = 0 then 'failed' else 'completed' end, 'manual', now(), now(),
          now() - interval '1 s' * (g %% 100000), 1, 0, 1, false, false,
          case when g > %d then '01A' || lpad(upper(to_hex(g %% %d + 1)), 23, '0') end,
          case when g > %d then 'all' end, case when g > %d then 'crowd' end,
          case when g > %d then g end, '"result"', case when g %% %d = 0 then 'Broken' end,
          case when g %% %d = 0 then 'no ' || g %% 3 end,
          case when g %% %d = 0 then lpad('' || g %% 3, 16, '0') end
        from generate_series(1, %d) g, (select app from sk_run limit 1) t
        """
            .formatted(FAILED, ROOTS, ROOTS, ROOTS, ROOTS, ROOTS, FAILED, FAILED, FAILED, RUNS));
  }

  /** One unit has few of the events, spread over all. */
  private void events() throws SQLException {
    database.execute("delete from sk_event");
    database.execute("delete from sk_event_batch");
    database.execute(
        """
        insert into sk_event_batch (app, id, at, node, incarnation, events, position)
        select t.app, %s, now(), 'node', 'before', %d, g * %d
        from generate_series(1, %d) g, (select app from sk_run limit 1) t
        """
            .formatted(BATCH, EVENTS_OF_ONE, EVENTS_OF_ONE, BATCHES));
    database.execute(
        """
        insert into sk_event (app, batch, n, at, type, unit, run, data)
        select t.app, %s, n, now(), 'start',
          case when g %% 4000 = 0 then 'few' else 'crowd' end, null, '{"cause":"MANUAL"}'
        from generate_series(1, %d) g, generate_series(0, %d) n, (select app from sk_run limit 1) t
        """
            .formatted(BATCH, BATCHES, EVENTS_OF_ONE - 1));
    database.execute(
        "update sk_lock set number = %d where name in ('journal', 'statistics')"
            .formatted(BATCHES * EVENTS_OF_ONE));
  }

  private void items() throws SQLException {
    database.execute(
        """
        insert into sk_item_set (app, id, run, unit, state, enumeration, enumerated, manual)
        select t.app, -g, 'gone' || g, 'numbers', 'closed', 1, true, false
        from generate_series(1, 100) g, (select app from sk_run limit 1) t
        """);
    database.execute(
        """
        insert into sk_item (app, item_set, n, state, priority, attempt, losses, fence, enumeration,
          ended_at, payload)
        select t.app, -(g %% 100 + 1), -g, case when g %% 10 = 0 then 'failed' else 'completed' end,
          0, 1, 0, 1, 1, now(), '1'
        from generate_series(1, %d) g, (select app from sk_run limit 1) t
        """
            .formatted(ITEMS));
    database.execute(
        """
        insert into sk_item_set (app, id, run, unit, state, enumeration, enumerated, manual)
        select app, 1000000000, id, 'numbers', 'closed', 1, true, false from sk_run where id = ?
        """,
        LARGE_RUN);
    database.execute(
        """
        insert into sk_item (app, item_set, n, state, priority, attempt, losses, fence, enumeration,
          ended_at, payload, failure_type, failure_message, failure_group)
        select t.app, 1000000000, g, case when g %% %d = 0 then 'failed' else 'completed' end, 0, 1, 0, 1,
          1, now() - interval '1 s' * g, '1', case when g %% %d = 0 then 'Broken' end,
          case when g %% %d = 0 then 'no ' || g %% 3 end,
          case when g %% %d = 0 then lpad('' || g %% 3, 16, '0') end
        from generate_series(1, %d) g, (select app from sk_run limit 1) t
        """
            .formatted(FAILED, FAILED, FAILED, FAILED, ITEMS));
  }

  /** The time of a few is over. */
  private void keys() throws SQLException {
    database.execute(
        """
        insert into sk_kept_key (app, unit, item_key, item_set, n, kept_until)
        select t.app, 'keyed', 'gone ' || g, -(g %% 100 + 1), -g,
          now() - interval '1 s' + interval '10 s' * (g / 100)
        from generate_series(1, %d) g, (select app from sk_run limit 1) t
        """
            .formatted(ITEMS));
  }

  private void tasks() throws SQLException {
    database.execute(
        """
        insert into sk_pool (app, name, places, declared, last_task, created_at)
        select t.app, 'pool' || g, 2, 2, %d, now()
        from generate_series(0, %d) g, (select app from sk_run limit 1) t
        """
            .formatted(ROOTS, TASKS / ROOTS - 1));
    database.execute(
        """
        insert into sk_pool_task (app, pool, id, name, state, worker, durable, priority, added_at,
          ended_at)
        select t.app, 'pool' || (g - 1) / %d, (g - 1) %% %d + 1, 'task ' || g, 'completed', 'few', true,
          0, now(), now() - interval '1 s' * (%d - g)
        from generate_series(1, %d) g, (select app from sk_run limit 1) t
        """
            .formatted(ROOTS, ROOTS, TASKS, TASKS));
  }

  /** Some did little, long ago. */
  private void audit() throws SQLException {
    database.execute(
        """
        insert into sk_audit (app, id, at, by_name, action, kind, target)
        select t.app, '01A' || lpad(upper(to_hex(g)), 23, '0'), now(),
          case when g < 10 then 'ben' else 'anna' end, case when g < 10 then 'stop' else 'pause' end,
          'unit', case when g < 10 then 'few' else 'crowd' end
        from generate_series(1, %d) g, (select app from sk_run limit 1) t
        """
            .formatted(RUNS));
  }

  private static void lookAtAudit(SynchronikManager manager) {
    AuditQuery some = AuditQuery.LATEST;
    String middle = "01A" + "0".repeat(19) + "4000";
    for (AuditQuery query :
        List.of(some, some.by("ben"), some.of("few"), some.action("stop"), some.before(middle))) {
      assertThat(manager.monitoring().audit(query).items()).hasSizeGreaterThan(8);
    }
    assertThat(manager.monitoring().audit(some.by("nobody").before(middle)).items()).isEmpty();
  }

  @Test
  void noLargeTableIsReadAsAWhole() throws Exception {
    SynchronikManager manager = node.manager();
    workOnItems(manager);
    doToMany(manager);
    assertThat(manager.runWorkerById("keyed").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
    tellLate(manager);
    lookAtJournal(manager);
    lookAtRuns(manager);
    workOnPool(manager);
    takeOver();
    for (int i = 0; i < SCANS; i++) {
      manager.runWatcherScan();
    }
    manager.runLoopOnce();
    assertThat(manager.stopWorkerById("crowd")).isZero();
    node.close();

    assertThat(
            database.rows(
                "select relname, seq_scan, seq_tup_read from pg_stat_user_tables"
                    + " where seq_tup_read > 0 and relname in "
                    + LARGE))
        .as("tables that were read as a whole")
        .isEmpty();
    assertThat(
            database.rows(
                "select indexrelname, idx_scan, idx_tup_read from pg_stat_user_indexes"
                    + " where idx_tup_read > "
                    + 20_000 * SCALE
                    + " and relname in "
                    + LARGE))
        .as("indexes of which much was read")
        .isEmpty();
  }

  private void workOnItems(SynchronikManager manager) {
    RunHandle run = manager.runWorkerById("numbers");
    String id = run.id().value();
    Await.until(
        Probe.PATIENCE,
        () ->
            manager.items().findRun(id).filter(one -> one.statistics().ended() == 100).isPresent());
    assertThat(manager.items().list(id, ItemQuery.FIRST.in(ItemState.FAILED)).items()).hasSize(10);
    numbers.fails = false;
    assertThat(manager.items().failures(id)).hasSize(1);
    assertThat(manager.items().retryGroup(id, "f".repeat(16))).isZero();
    assertThat(manager.items().retryFailed(id, "no")).isEqualTo(10);
    manager.items().close(id);
    run.join(Probe.PATIENCE);
  }

  private void doToMany(SynchronikManager manager) {
    BulkActions bulk = manager.bulk();
    BulkFilter.Runs crowd = BulkFilter.Runs.ALL.ofUnit("crowd");
    assertThat(bulk.count(BulkAction.RETRY, crowd.ofGroup(GROUP))).isPositive();
    assertThat(bulk.count(BulkAction.CANCEL, crowd)).isZero();
    BulkFilter.Items items = BulkFilter.Items.ALL.ofGroup(GROUP);
    assertThat(bulk.count(BulkAction.RETRY, items)).isZero();
    Instant now = manager.monitoring().now();
    Instant longAgo = now.minus(Duration.ofDays(3650));
    manager.pause("crowd");
    for (BulkRequest request :
        List.of(
            BulkRequest.of(BulkAction.RETRY, crowd.ofGroup(GROUP)),
            BulkRequest.of(BulkAction.RETRY, BulkFilter.Runs.ALL),
            BulkRequest.of(BulkAction.RETRY, BulkFilter.Runs.ALL.in(RunState.CANCELED)),
            BulkRequest.of(BulkAction.CANCEL, crowd),
            BulkRequest.of(BulkAction.CANCEL, BulkFilter.Runs.ALL),
            BulkRequest.of(BulkAction.RETRY, crowd.between(longAgo, now)),
            BulkRequest.of(BulkAction.RETRY, BulkFilter.Runs.ALL.between(longAgo, now)),
            BulkRequest.of(BulkAction.CANCEL, BulkFilter.Runs.ALL.between(longAgo, now)),
            BulkRequest.of(BulkAction.RETRY, BulkFilter.Runs.ALL.of("01A", "01B")),
            BulkRequest.of(BulkAction.CANCEL, BulkFilter.Runs.ALL.of("01A", "01B")),
            BulkRequest.of(BulkAction.RETRY, items.of(new ItemId(1, 1), new ItemId(1, 2))),
            BulkRequest.of(BulkAction.CANCEL, items.of(new ItemId(1, 1), new ItemId(1, 2))),
            BulkRequest.of(BulkAction.RETRY, items),
            BulkRequest.of(BulkAction.CANCEL, items),
            BulkRequest.of(BulkAction.RESUME, BulkFilter.Units.ALL.of("crowd")))) {
      String id = bulk.start(request).id();
      Await.until(
          Probe.PATIENCE, () -> bulk.find(id).filter(one -> one.state().isFinal()).isPresent());
    }
    assertThat(bulk.list(BulkQuery.LATEST.limit(10)).items()).hasSize(10);
    assertThat(bulk.list(BulkQuery.LATEST.goingOn()).items()).isEmpty();
    assertThat(bulk.list(BulkQuery.LATEST.goingOn().before("02")).items()).isEmpty();
  }

  /** Others are done, long ago. */
  private void bulk() throws SQLException {
    database.execute(
        """
        insert into sk_bulk (app, id, action, target, filter, asked_at, state, expected, done,
          skipped, failed, held, last_round, after_key, ended_at)
        select t.app, '01A' || lpad(upper(to_hex(g)), 23, '0'), 'retry', 'runs', '{}', now(), 'done',
          0, 0, 0, 0, 0, true, '', now()
        from generate_series(1, %d) g, (select app from sk_run limit 1) t
        """
            .formatted(TASKS));
  }

  private void lookAtJournal(SynchronikManager manager) {
    assertThat(manager.readJournal(new JournalQuery(0, "few", Set.of(), 40)))
        .hasSize(40)
        .isSortedAccordingTo((one, other) -> Long.compare(one.position(), other.position()));
    long middle = (long) BATCHES * EVENTS_OF_ONE / 2;
    assertThat(manager.readJournal(new JournalQuery(middle, "few", Set.of(), 40)))
        .hasSize(40)
        .allMatch(entry -> entry.position() > middle);
    assertThat(manager.readJournal(JournalQuery.after(middle))).hasSize(100);
  }

  /** More than is kept in memory is read from the journal when its turn comes. */
  private static void tellLate(SynchronikManager manager) {
    CountDownLatch goOn = new CountDownLatch(1);
    Probe<Milestone> told = new Probe<>();
    Subscription late =
        manager.onMilestone(
            "late",
            milestone -> {
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              told.accept(milestone);
            });
    for (int i = 0; i < LATE; i++) {
      manager.emitMilestone("late", "x".repeat(8000));
    }
    goOn.countDown();
    told.awaitCount(LATE, milestone -> true, Probe.PATIENCE);
    late.unsubscribe();
  }

  private void lookAtRuns(SynchronikManager manager) {
    assertThat(manager.findRuns(RunQuery.LATEST).items()).isNotEmpty();
    assertThat(manager.findRuns(RunQuery.LATEST.ofUnit("crowd")).items()).isNotEmpty();
    lookAtStates(manager);
    lookAtFailures(manager);
    lookAtAudit(manager);
    assertThat(manager.getUnitById("crowd")).isPresent();
    assertThat(manager.getRegistrySnapshot().units()).isNotEmpty();
    assertThat(manager.findUnits(UnitQuery.FIRST).items()).isNotEmpty();
    String run = "";
    for (int i = 0; i < 20; i++) {
      RunHandle few = manager.runWorkerById("few");
      few.join(Probe.PATIENCE);
      run = few.id().value();
    }
    manager.runLoopOnce();
    assertThat(manager.findRuns(RunQuery.LATEST.ofUnit("few")).items()).hasSizeGreaterThan(20);
    assertThat(manager.monitoring().events(run, 0, 100)).hasSizeGreaterThan(1);
    Instant now = manager.monitoring().now();
    assertThat(
            manager
                .monitoring()
                .statistics(
                    new StatisticsQuery(now.minus(Duration.ofHours(1)), now, Duration.ofMinutes(5)))
                .intervals())
        .isNotEmpty();
    lookAtDues(manager, now);
  }

  private static void lookAtDues(SynchronikManager manager, Instant now) {
    Instant from = now.minus(Duration.ofDays(365));
    for (String unit : List.of("crowd", "few")) {
      assertThat(manager.monitoring().dues(new DueQuery(unit, from, now, 500)).times()).isEmpty();
      assertThat(manager.monitoring().why().unit(unit, from).checks()).isNotEmpty();
      manager
          .monitoring()
          .calendar(
              new CalendarQuery(now.minus(Duration.ofHours(3)), now, Duration.ofHours(1), unit));
    }
    assertThat(
            manager
                .monitoring()
                .calendar(
                    new CalendarQuery(
                        now.minus(Duration.ofHours(1)), now, Duration.ofHours(1), null))
                .intervals())
        .isNotEmpty();
  }

  /** Also at those in which there is nothing. */
  private static void lookAtStates(SynchronikManager manager) {
    for (RunState state : RunState.values()) {
      RunQuery runs = RunQuery.LATEST.in(state);
      boolean some = Set.of(RunState.COMPLETED, RunState.FAILED).contains(state);
      for (RunQuery query : List.of(runs, runs.ofUnit("crowd"))) {
        assertThat(manager.findRuns(query).items()).as("%s", query).hasSize(some ? 50 : 0);
      }
    }
    for (ItemState state : ItemState.values()) {
      boolean some = Set.of(ItemState.COMPLETED, ItemState.FAILED).contains(state);
      assertThat(manager.items().list(LARGE_RUN, ItemQuery.FIRST.in(state)).items())
          .as("%s", state)
          .hasSize(some ? 50 : 0);
    }
    assertThat(manager.findRuns(RunQuery.LATEST.in(RunState.FAILED, RunState.COMPLETED)).items())
        .hasSize(50)
        .extracting(RunView::state)
        .contains(RunState.COMPLETED);
  }

  private static void lookAtFailures(SynchronikManager manager) {
    Instant now = manager.monitoring().now();
    FailureQuery day = FailureQuery.between(now.minus(Duration.ofDays(1)), now);
    assertThat(manager.monitoring().failures(day)).hasSize(3);
    assertThat(manager.monitoring().failures(day.ofUnit("crowd")))
        .hasSize(3)
        .extracting(FailureKind::message)
        .contains("no 1");
    RunQuery some = RunQuery.LATEST.limit(10);
    assertThat(manager.findRuns(some.ofGroup(GROUP)).items()).hasSize(10);
    assertThat(manager.findRuns(some.ofGroup(GROUP).ofUnit("crowd")).items()).hasSize(10);
    assertThat(manager.findRuns(some.ofGroup("f".repeat(16)).ofUnit("crowd")).items()).isEmpty();
    assertThat(manager.items().failures(LARGE_RUN))
        .hasSize(3)
        .extracting(FailureKind::count)
        .allMatch(count -> count == ITEMS / FAILED / 3);
    ItemQuery items = ItemQuery.FIRST.limit(10).in(ItemState.FAILED);
    assertThat(manager.items().list(LARGE_RUN, items.ofGroup(GROUP)).items()).hasSize(10);
    assertThat(manager.items().list(LARGE_RUN, items.ofGroup("f".repeat(16))).items()).isEmpty();
  }

  private void workOnPool(SynchronikManager manager) {
    WorkerPool pool = manager.useWorkerPool("pool", 2);
    long id = pool.addTask(PoolTask.of("one", "few"));
    Await.until(
        Probe.PATIENCE, () -> pool.findTask(id).filter(task -> task.state().isFinal()).isPresent());
    assertThat(pool.findTasks(PoolTaskQuery.LATEST).items()).isNotEmpty();
    assertThat(pool.simulateRun().tasks()).isEmpty();
    assertThat(manager.listWorkerPools())
        .hasSize(1 + TASKS / ROOTS)
        .extracting(view -> view.tasks().completed())
        .contains(1L, (long) ROOTS);
  }

  /** An incarnation that is gone has announced all but the last. */
  private void takeOver() throws SQLException {
    database.execute(
        """
        insert into sk_node (app, incarnation, name, version, workers, started_at, heartbeat_at,
          lease_until, announced_to)
        select u.app, 'before', 'gone', '', 1, now(), now(), now() - interval '1 h',
          (select b.id from sk_event_batch b where b.app = u.app and b.id < '01B'
            order by b.id desc limit 1)
        from sk_unit u limit 1
        """);
    Await.until(
        Probe.PATIENCE,
        () -> {
          node.manager().runLoopOnce();
          return number("select count(*) from sk_node where incarnation = 'before'") == 0;
        });
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
