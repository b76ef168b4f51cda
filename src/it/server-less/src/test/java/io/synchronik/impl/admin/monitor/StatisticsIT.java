package io.synchronik.impl.admin.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synchronik.impl.admin.http.Asked;
import io.synchronik.impl.admin.json.ProblemJson;
import io.synchronik.impl.admin.json.Problems;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.monitor.RunCounts;
import io.synchronik.monitor.StatisticsQuery;
import io.synchronik.run.RunHandle;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.WorkerDefinition;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts of runs by time, from the tables to the resource. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class StatisticsIT {
  private static final Duration FIVE = Duration.ofMinutes(5);

  @Parameter DatabaseKind kind;
  private final Held held = Held.interruptibly();
  private Database database;
  private Node node;
  private Node other;

  @BeforeEach
  void start() {
    database = kind.create("statistics");
    node = started("one");
    other = started("other");
  }

  private Node started(String name) {
    Node started =
        Node.on(database)
            .setting("synchronik.node", name)
            .setting("synchronik.loop-interval", "100ms")
            .start();
    started
        .manager()
        .registerUnit(
            WorkerDefinition.of("well", run -> "done")
                .with(config -> config.overlap(Overlap.ALLOW)));
    started
        .manager()
        .registerUnit(
            WorkerDefinition.of("held", held).with(config -> config.overlap(Overlap.SKIP)));
    started
        .manager()
        .registerUnit(
            WorkerDefinition.of(
                    "failing",
                    run -> {
                      throw new IllegalStateException("no");
                    })
                .with(config -> config.maxRetries(1).retryDelay(Duration.ZERO)));
    return started;
  }

  @AfterEach
  void stop() {
    held.letAllGo();
    node.close();
    other.close();
    database.close();
  }

  private RunCounts today() {
    Instant now = node.manager().monitoring().now();
    return node.manager()
        .monitoring()
        .statistics(new StatisticsQuery(now.minus(Duration.ofHours(3)), now.plus(FIVE), FIVE))
        .total();
  }

  private void awaitCounted() {
    Await.until(
        Probe.PATIENCE,
        () ->
            number("select count(*) from sk_event_batch where position is null") == 0
                && number(
                        "select count(distinct number) from sk_lock"
                            + " where name in ('journal', 'statistics')")
                    == 1);
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void work() {
    List<RunHandle> runs =
        IntStream.range(0, 60)
            .mapToObj(i -> (i % 2 == 0 ? node : other).manager().runWorkerById("well"))
            .toList();
    node.manager().runWorkerById("failing").join(Probe.PATIENCE);
    RunHandle cancelled = other.manager().runWorkerById("held");
    held.awaitBegun();
    node.manager().runWorkerById("held").join(Probe.PATIENCE);
    cancelled.cancel();
    cancelled.join(Probe.PATIENCE);
    runs.forEach(run -> run.join(Probe.PATIENCE));
  }

  @Test
  void eachEventCountsOnceWhoeverCounts() throws Exception {
    work();
    awaitCounted();

    RunCounts counts = today();
    assertThat(counts.ends()).isEqualTo(new RunCounts.Ends(60, 1, 1, 1));
    assertThat(counts.started()).isEqualTo(62);
    assertThat(counts.retried()).isEqualTo(1);
    assertThat(counts.durations().sum().toMillis())
        .isEqualTo(
            database.number(
                """
                select sum(cast(extract(epoch from ended_at) * 1000 as bigint)
                  - cast(extract(epoch from started_at) * 1000 as bigint)) from sk_run
                where state in ('completed', 'failed')
                """));
    Instant now = node.manager().monitoring().now();
    assertThat(
            node.manager()
                .monitoring()
                .statistics(
                    new StatisticsQuery(
                        now.minus(Duration.ofDays(30)), now, Duration.ofMinutes(90)))
                .total())
        .as("by hours")
        .isEqualTo(counts);
  }

  @Test
  void whatHappenedBeforeItWasCountedIsCountedThen() throws Exception {
    work();
    awaitCounted();
    RunCounts before = today();

    countAgain();
    assertThat(today()).isEqualTo(before);
    database.execute("update sk_event_batch set tally = null where mod(position, 3) = 1");
    countAgain();
    assertThat(today()).as("with some of a node that writes no tallies").isEqualTo(before);
    database.execute("update sk_event_batch set tally = null");
    countAgain();
    assertThat(today()).as("all looked up").isEqualTo(before);
  }

  private void countAgain() throws SQLException {
    database.execute("delete from sk_stat");
    database.execute("update sk_lock set number = 0 where name = 'statistics'");
    awaitCounted();
  }

  @Test
  void oldRowsGoWithTheFirstOfANewBucket() throws Exception {
    awaitCounted();
    database.execute("delete from sk_stat");
    for (int days : List.of(1, 7, 9, 399, 401)) {
      for (int seconds : List.of(300, 3600)) {
        database.execute(
            """
            insert into sk_stat (app, seconds, bucket, started, retried, misfired, completed, failed,
              canceled, skipped, duration_sum_ms, duration_max_ms, late_sum_ms, late_max_ms,
              late_histogram)
            select app, %d, current_timestamp - interval '%d' day, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
              '1,2' from sk_lock where name = 'journal'
            """
                .formatted(seconds, days));
      }
    }

    node.manager().runWorkerById("well").join(Probe.PATIENCE);
    awaitCounted();

    assertThat(number("select count(*) from sk_stat where seconds = 300 and started > 0"))
        .isEqualTo(2 + 1);
    assertThat(number("select count(*) from sk_stat where seconds = 3600 and started > 0"))
        .isEqualTo(4 + 1);
  }

  @Test
  void latenessIsThatOfSchedules() throws Exception {
    node.manager()
        .registerUnit(
            WorkerDefinition.of("ticking", run -> null)
                .with(config -> config.every(Duration.ofMillis(200))));
    Await.until(
        Probe.PATIENCE,
        () ->
            number("select count(*) from sk_run where unit = 'ticking' and ended_at is not null")
                > 2);
    node.manager().disable("ticking");
    awaitCounted();

    RunCounts counts = today();
    assertThat(counts.lateness().runs())
        .isEqualTo(number("select count(*) from sk_run where started_at is not null"));
    database.execute("update sk_event_batch set tally = null");
    countAgain();
    assertThat(today()).as("all looked up").isEqualTo(counts);
    assertThat(counts.lateness().percentile(0.95))
        .isBetween(Duration.ZERO, counts.lateness().longest());
  }

  @Test
  void resourceTellsBuckets() {
    work();
    awaitCounted();
    StatisticsResource resource = Asked.byViewer(node.manager(), new StatisticsResource());

    StatisticsJson shown = resource.show("-6h", null, "1h");

    assertThat(shown.bucketSeconds()).isEqualTo(3600);
    assertThat(shown.total().completed()).isEqualTo(60);
    assertThat(shown.buckets().stream().mapToLong(bucket -> bucket.counts().completed()).sum())
        .isEqualTo(60);
    assertThat(shown.buckets()).allMatch(bucket -> bucket.from().getEpochSecond() % 3600 == 0);
    assertThat(resource.show("-300d", "-299d", "5m").bucketSeconds()).isEqualTo(3600);
    assertThat(resource.show(null, null, null).total()).isEqualTo(shown.total());
  }

  @Test
  void whatIsWrongIsAProblemWithItsField() {
    StatisticsResource resource = Asked.byViewer(node.manager(), new StatisticsResource());

    assertProblem(() -> resource.show("yesterday", null, null), "from");
    assertProblem(() -> resource.show("-1h", "-2h", null), "to");
    assertProblem(() -> resource.show("-1h", null, "7m"), "bucket");
    assertProblem(() -> resource.show("-30d", null, "5m"), "bucket");
    assertProblem(() -> resource.show("-999999999d", null, "31d"), "bucket");
    assertProblem(() -> resource.show("-1h", null, "no"), "bucket");
  }

  private static void assertProblem(ThrowingCallable call, String field) {
    ProblemJson problem = Problems.of(catchThrowable(call));
    assertThat(problem.status()).as(problem.toString()).isEqualTo(400);
    assertThat(problem.field()).isEqualTo(field);
  }
}
