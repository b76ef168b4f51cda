package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Verdict;
import io.synchronik.process.WorkerVerdict;
import java.sql.SQLException;
import java.util.List;

/** What holds of a database in which all runs of processes have completed, whatever happened. */
final class ProcessAudit {
  private final Database database;
  private final SynchronikManager manager;

  ProcessAudit(Database database, SynchronikManager manager) {
    this.database = database;
    this.manager = manager;
  }

  /**
   * Checks everything.
   *
   * @param runs how many runs of processes there are
   * @param workers how many workers they have in all, one of which books
   */
  void check(long runs, long workers) throws SQLException {
    assertThat(number("select count(*) from sk_run where definition is not null")).isEqualTo(runs);
    assertNone(
        "select unit, id, state, failure_message from sk_run"
            + " where state <> 'completed' or owner is not null or cancel_by is not null");
    checkParts(workers);
    checkVerdicts(workers);
    checkBookings();
    checkJournal(runs + workers);
    awaitNone("select id, active_runs, status from sk_unit where active_runs <> 0");
    assertNone("select * from sk_place");
    assertNone("select * from sk_timer");
  }

  /** What was written down as owed to a unit is settled in a moment. */
  private void awaitNone(String sql) {
    Await.until(
        Probe.PATIENCE,
        () -> {
          try {
            return database.rows(sql).isEmpty();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void checkParts(long workers) throws SQLException {
    assertThat(number("select count(*) from sk_task where generation = 1 and state = 'completed'"))
        .isEqualTo(workers);
    assertThat(number("select count(*) from sk_task")).isEqualTo(workers);
    assertThat(number("select count(*) from sk_run where parent is not null")).isEqualTo(workers);
    assertNone(
        "select t.run, t.task, count(c.id) from sk_task t left join sk_run c on c.parent = t.run"
            + " and c.task = t.task and c.generation = t.generation and c.unit = t.task"
            + " group by t.run, t.task having count(c.id) <> 1");
  }

  private void checkVerdicts(long workers) throws SQLException {
    long verdicts = 0;
    for (List<?> run : database.rows("select id from sk_run where definition is not null")) {
      List<WorkerVerdict> came =
          manager.getProcessRun(String.valueOf(run.get(0))).orElseThrow().result().verdicts();
      assertThat(came).extracting(WorkerVerdict::verdict).containsOnly(Verdict.COMPLETED);
      assertThat(came).extracting(WorkerVerdict::worker).doesNotHaveDuplicates();
      verdicts += came.size();
    }
    assertThat(verdicts).isEqualTo(workers);
  }

  private void checkBookings() throws SQLException {
    assertThat(number("select count(*) from booking")).isPositive();
    assertNone(
        "select r.id, count(b.run) from sk_run r left join booking b on b.run = r.id"
            + " where r.unit = 'book' group by r.id having count(b.run) <> 1");
    assertNone(
        "select b.run from booking b left join sk_run r on r.id = b.run and r.unit = 'book'"
            + " where r.id is null");
  }

  private void checkJournal(long starts) throws SQLException {
    for (String type : List.of("start", "complete")) {
      assertThat(number("select count(*) from sk_event where type = '" + type + "'"))
          .as(type)
          .isEqualTo(starts);
      assertNone(
          "select r.unit, r.id, count(e.run) from sk_run r"
              + " left join sk_event e on e.run = r.id and e.type = '"
              + type
              + "' group by r.unit, r.id having count(e.run) <> 1");
    }
    assertNone("select run, type, data from sk_event where type in ('error', 'cancel', 'skip')");
    assertNone(
        "select b.id from sk_event_batch b left join sk_event e on e.batch = b.id"
            + " group by b.id, b.events having count(e.batch) <> b.events");
    Await.until(
        Probe.PATIENCE,
        () -> numberOrFail("select count(*) from sk_event_batch where position is null") == 0);
    assertNone(
        "select id from (select id, position, sum(events) over (order by position) as place"
            + " from sk_event_batch) t where place <> position");
  }

  private void assertNone(String sql) throws SQLException {
    assertThat(database.rows(sql)).as(sql).isEmpty();
  }

  private long number(String sql) throws SQLException {
    return database.number(sql);
  }

  private long numberOrFail(String sql) {
    try {
      return number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
