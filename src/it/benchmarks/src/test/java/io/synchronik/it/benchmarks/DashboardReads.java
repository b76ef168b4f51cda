package io.synchronik.it.benchmarks;

import io.synchronik.SynchronikManager;
import io.synchronik.bulk.BulkAction;
import io.synchronik.bulk.BulkFilter;
import io.synchronik.impl.admin.bulk.BulkResource;
import io.synchronik.impl.admin.flow.ProcessRunsResource;
import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.http.Asked;
import io.synchronik.impl.admin.item.ItemsResource;
import io.synchronik.impl.admin.item.RunItemsResource;
import io.synchronik.impl.admin.journal.EventsResource;
import io.synchronik.impl.admin.monitor.AuditResource;
import io.synchronik.impl.admin.monitor.CalendarResource;
import io.synchronik.impl.admin.monitor.FailuresResource;
import io.synchronik.impl.admin.monitor.ItemWhyResource;
import io.synchronik.impl.admin.monitor.RunWhyResource;
import io.synchronik.impl.admin.monitor.StatisticsResource;
import io.synchronik.impl.admin.monitor.TaskWhyResource;
import io.synchronik.impl.admin.monitor.UnitDuesResource;
import io.synchronik.impl.admin.monitor.UnitWhyResource;
import io.synchronik.impl.admin.node.EngineResource;
import io.synchronik.impl.admin.node.NodesResource;
import io.synchronik.impl.admin.pool.PoolTasksResource;
import io.synchronik.impl.admin.pool.PoolsResource;
import io.synchronik.impl.admin.run.RunAttemptsResource;
import io.synchronik.impl.admin.run.RunsResource;
import io.synchronik.impl.admin.session.SessionResource;
import io.synchronik.impl.admin.unit.UnitRunsResource;
import io.synchronik.impl.admin.unit.UnitsResource;
import io.synchronik.it.testkit.Database;
import io.synchronik.run.RunState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** What the dashboard asks for, as it does. */
final class DashboardReads {
  private static final List<String> ANY = List.of();

  /**
   * A read.
   *
   * @param name what is read
   * @param ask reads it; a record is what the resource answers
   */
  record Read(String name, Callable<?> ask) {}

  private final List<Read> all = new ArrayList<>();
  private final SynchronikManager manager;
  private final Database database;

  private DashboardReads(SynchronikManager manager, Database database) {
    this.manager = manager;
    this.database = database;
  }

  /** Returns all reads of a node in a database with the data of the benchmark. */
  static List<Read> of(SynchronikManager manager, Database database) throws SQLException {
    DashboardReads reads = new DashboardReads(manager, database);
    reads.whole();
    reads.units();
    reads.runs();
    reads.oneRun();
    reads.failures();
    reads.events();
    reads.items();
    reads.pools();
    reads.people();
    return reads.all;
  }

  private void add(String name, Callable<?> ask) {
    all.add(new Read(name, ask));
  }

  private <R extends AdminResource> R asked(R resource) {
    return Asked.byAdmin(manager, resource);
  }

  private String text(String sql) throws SQLException {
    return String.valueOf(database.rows(sql).get(0).get(0));
  }

  private void whole() {
    SessionResource session = asked(new SessionResource());
    add("session", () -> session.show());
    StatisticsResource statistics = asked(new StatisticsResource());
    add("statistics of 1 h", () -> statistics.show("-1h", null, "5m"));
    add("statistics of 24 h", () -> statistics.show("-24h", null, "15m"));
    add("statistics of 7 d", () -> statistics.show("-168h", null, "2h"));
    NodesResource nodes = asked(new NodesResource());
    add("nodes", () -> nodes.list());
    EngineResource engine = asked(new EngineResource());
    add("engine", () -> engine.show());
  }

  private void units() {
    UnitsResource units = asked(new UnitsResource());
    List<String> failing = List.of("error");
    add("units, first page", () -> units.list(ANY, ANY, "", null, "1", "50"));
    add("units, last page", () -> units.list(ANY, ANY, "", null, "200", "50"));
    for (String sort : List.of("name", "status", "nextDue", "lastStartedAt", "runs", "-failed")) {
      add("units by " + sort, () -> units.list(ANY, ANY, "", sort, "1", "50"));
    }
    add("units that mention a text", () -> units.list(ANY, ANY, "part 77", null, "1", "50"));
    add("units that fail", () -> units.list(failing, ANY, "", "-failed", "1", "20"));
    add("units due next", () -> units.list(ANY, ANY, "", "nextDue", "1", "5"));
    add("search", () -> units.list(ANY, ANY, "prices", null, null, "8"));
    add("a unit", () -> units.show("unit-00042"));
    add("the busy unit", () -> units.show(DashboardData.BUSY));
    UnitRunsResource runs = asked(new UnitRunsResource());
    add("runs of a unit", () -> runs.list("unit-00042", ANY, null, "100"));
    add("runs of the busy unit", () -> runs.list(DashboardData.BUSY, ANY, null, "100"));
    UnitWhyResource why = asked(new UnitWhyResource());
    add("why of a unit", () -> why.unit("unit-00042", null));
    UnitDuesResource dues = asked(new UnitDuesResource());
    add("due times of a unit", () -> dues.list("unit-00042", null, null, null));
    add("due times of the busy unit", () -> dues.list(DashboardData.BUSY, null, null, null));
    CalendarResource calendar = asked(new CalendarResource());
    add("calendar", () -> calendar.show(null, null, null, null));
    add("calendar of a unit", () -> calendar.show(null, null, null, "unit-00042"));
    add("graph of a process", () -> units.graph(DashboardNode.PROCESS));
  }

  private void runs() throws SQLException {
    RunsResource runs = asked(new RunsResource());
    String middle =
        text("select id from sk_run order by id offset (select count(*) / 2 from sk_run) limit 1");
    add("runs", () -> runs.list(null, ANY, null, null, "50"));
    add("runs, from the middle", () -> runs.list(null, ANY, null, middle, "50"));
    for (RunState state : RunState.values()) {
      List<String> in = List.of(state.name().toLowerCase(Locale.ROOT));
      add("runs " + in.get(0), () -> runs.list(null, in, null, null, "50"));
      add(
          "runs of the busy unit " + in.get(0),
          () -> runs.list(DashboardData.BUSY, in, null, null, "50"));
    }
    List<String> failed = List.of("failed");
    add("runs failed, from the middle", () -> runs.list(null, failed, null, middle, "50"));
    add(
        "runs running, for the overview",
        () -> runs.list(null, List.of("running"), null, null, "100"));
    add("runs of a unit failed", () -> runs.list("unit-00042", failed, null, null, "50"));
    add(
        "runs of a unit canceled",
        () -> runs.list("unit-00042", List.of("canceled"), null, null, "50"));
    add("runs of a kind", () -> runs.list(null, failed, DashboardData.GROUP, null, "50"));
    add(
        "runs of a kind and unit",
        () -> runs.list(DashboardData.BUSY, failed, DashboardData.GROUP, null, "50"));
  }

  private void oneRun() throws SQLException {
    RunsResource runs = asked(new RunsResource());
    String failed = text("select max(id) from sk_run where state = 'failed'");
    String whole = text("select max(id) from sk_run where unit = '" + DashboardNode.PROCESS + "'");
    String ready = text("select max(id) from sk_run where state = 'ready'");
    String talks = text("select max(id) from sk_run where unit = '" + DashboardNode.TALKS + "'");
    String claim = text("select max(fence) from sk_run where id = '" + talks + "'");
    add("a run", () -> runs.show(failed));
    RunWhyResource why = asked(new RunWhyResource());
    add("why of a run that failed", () -> why.run(failed));
    add("why of a run that is ready", () -> why.run(ready));
    ProcessRunsResource processes = asked(new ProcessRunsResource());
    add("graph of a run", () -> processes.graph(whole));
    add("why of a step", () -> why.step(whole, DashboardNode.STEP));
    RunAttemptsResource attempts = asked(new RunAttemptsResource());
    add("attempts", () -> attempts.list(talks, null, "1000"));
    add("output of an attempt", () -> attempts.output(talks, claim, null, DashboardNode.LINES));
  }

  private void failures() {
    FailuresResource failures = asked(new FailuresResource());
    for (String span : List.of("-24h", "-7d", "-30d")) {
      add("kinds of failure, " + span, () -> failures.list(span, null, null, null));
    }
    add(
        "kinds of failure of the busy unit, -7d",
        () -> failures.list("-7d", null, DashboardData.BUSY, null));
  }

  private void events() throws SQLException {
    EventsResource events = asked(new EventsResource());
    long last = manager.journalPosition();
    String behind = Long.toString(last - DashboardNode.LOOKED_BACK);
    String latest = Long.toString(last - DashboardNode.LATEST);
    String most = DashboardNode.EVENTS;
    String end = Long.toString(Long.MAX_VALUE);
    add("events, where they end", () -> events.list(end, null, null, ANY, "1"));
    add("events", () -> events.list(latest, null, null, ANY, most));
    add("events of a unit", () -> events.list(behind, "unit-00042", null, ANY, most));
    add("events of the busy unit", () -> events.list(behind, DashboardData.BUSY, null, ANY, most));
    add("events of a type", () -> events.list(behind, null, null, List.of("error"), most));
    for (int i = 0; i < 3; i++) {
      String run =
          text(
              "select id from sk_run where unit = '%s' and cause = 'manual' and schedule_n is null and right(id, 1) = '%d' and started_at < now() - interval '1 d' limit 1"
                  .formatted(DashboardData.BUSY, i));
      add(
          "events of a run of " + List.of("10 s", "1 h", "24 h").get(i),
          () -> events.list(null, null, run, ANY, DashboardNode.EVENTS_OF_RUN));
    }
  }

  private void items() throws SQLException {
    RunItemsResource items = asked(new RunItemsResource());
    String run = text("select run from sk_item_set where id = 1000000000");
    String item =
        text("select item_set || '-' || n from sk_item where item_set = 1000000000 limit 1");
    add("how items stand", () -> items.statistics(run));
    add("items", () -> items.list(run, ANY, null, null, null, "50"));
    for (String state : List.of("initialized", "started", "completed", "failed", "canceled")) {
      add("items " + state, () -> items.list(run, List.of(state), null, null, null, "50"));
    }
    List<String> failed = List.of("failed");
    add("items of a kind", () -> items.list(run, failed, null, DashboardData.GROUP, null, "50"));
    add(
        "items whose failure has a text",
        () -> items.list(run, failed, "booked 7", null, null, "50"));
    add("items' kinds of failure", () -> items.failures(run));
    ItemsResource one = asked(new ItemsResource());
    add("an item", () -> one.show(item));
    ItemWhyResource why = asked(new ItemWhyResource());
    add("why of an item", () -> why.item(item));
  }

  private void pools() {
    PoolsResource pools = asked(new PoolsResource());
    add("pools", () -> pools.list());
    PoolTasksResource tasks = asked(new PoolTasksResource());
    add("tasks of a pool", () -> tasks.list("pool-7", ANY, null, null));
    TaskWhyResource why = asked(new TaskWhyResource());
    add("why of a task", () -> why.task("pool-7", 7));
  }

  private void people() {
    AuditResource audit = asked(new AuditResource());
    add("audit", () -> audit.list(null, null, null, null, "50"));
    add("audit of a unit", () -> audit.list("unit-00042", null, null, null, "50"));
    add("audit by somebody", () -> audit.list(null, "ben", null, null, "50"));
    add("audit of an action", () -> audit.list(null, null, "stop", null, "50"));
    add("audit by nobody", () -> audit.list(null, "nobody", null, null, "50"));
    BulkResource bulk = asked(new BulkResource());
    add("bulk actions", () -> bulk.list(null, "50", null));
    add("bulk actions that go on", () -> bulk.list(null, "50", "true"));
    BulkFilter.Runs every = BulkFilter.Runs.ALL;
    count("failed runs", BulkAction.RETRY, every);
    count("failed runs of a unit", BulkAction.RETRY, every.ofUnit(DashboardData.BUSY));
    count("failed runs of a kind", BulkAction.RETRY, every.ofGroup(DashboardData.GROUP));
    count("open runs", BulkAction.CANCEL, every);
    count("units", BulkAction.PAUSE, BulkFilter.Units.ALL);
    count("failed items", BulkAction.RETRY, BulkFilter.Items.ALL);
  }

  private void count(String what, BulkAction action, BulkFilter filter) {
    add("count of " + what, () -> manager.bulk().count(action, filter));
  }
}
