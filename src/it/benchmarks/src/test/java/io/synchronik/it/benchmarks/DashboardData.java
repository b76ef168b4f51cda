package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A week of an application, written by SQL: runs and their events in their order, one in 200
 * failed, none canceled, a quarter of one unit; runs that are open; a run of many items; what
 * people did; tasks of pools.
 */
final class DashboardData {
  static final int UNITS = 10_000;
  static final String BUSY = "busy";
  static final String OF_ITEMS = "numbers";
  static final String GROUP = "0".repeat(15) + "1";

  private static final int FAILED = 200;
  private static final int KINDS = 40;
  private static final int EVENTS = 3;
  private static final int OPEN = 300;
  private static final int AUDITED = 100_000;
  private static final int POOLS = 20;
  private static final int TASKS = 1000;
  private static final long SET = 1_000_000_000;
  private static final int WEEK = 7 * 24 * 3600;
  private static final String DIGITS = "'0123456789ABCDEFGHJKMNPQRSTVWXYZ'";
  private static final String ELSEWHERE = "01ELSEWHERE00000000000000";

  private final Database database;
  private final Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final int runs;
  private final int items;
  private final double step;

  DashboardData(Database database, double scale) {
    this.database = database;
    this.runs = (int) (1_000_000 * scale);
    this.items = (int) (1_000_000 * scale);
    this.step = 1000.0 * WEEK / runs;
  }

  /** Fills the tables of an application that has run each of its units once, and stopped. */
  void fill() throws SQLException {
    units();
    runs();
    events();
    lasting();
    open();
    statistics();
    items();
    audit();
    tasks();
    database.execute("vacuum analyze");
    database.execute("checkpoint");
  }

  String size() {
    return "%,d units, %,d runs in 7 days, one in %d failed, %,d events, one run of %,d items"
        .formatted(UNITS, runs, FAILED, (long) runs * EVENTS, items);
  }

  /** Writes an id: the time in milliseconds and a number. */
  private static String ulid(String millis, String number) {
    StringBuilder sql = new StringBuilder();
    for (int bits = 45; bits >= 0; bits -= 5) {
      sql.append("substr(%s, ((%s >> %d) & 31)::int + 1, 1) || ".formatted(DIGITS, millis, bits));
    }
    return sql + "lpad(upper(to_hex(%s)), 16, '0')".formatted(number);
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set work_mem = '64MB'");
      statement.execute(sql);
    }
  }

  private void units() throws SQLException {
    run(
        """
        insert into sk_unit select n.*
        from sk_unit u, generate_series(0, %d) g, lateral jsonb_populate_record(u, jsonb_build_object(
          'id', 'unit-' || lpad('' || g, 5, '0'), 'name', 'Import of prices, part ' || g,
          'description', 'Takes over the list that the supplier has sent over night',
          'status', case when g %% 100 = 0 then 'error' else 'completed' end,
          'run_count', 75 + g %% 50, 'completed_count', 75, 'failed_count', g %% 3,
          'last_started_at', now() - interval '1 s' * (g %% 5000),
          'last_completed_at', now() - interval '1 s' * (g %% 5000))) n
        where u.id = '%s'
        """
            .formatted(UNITS - 1, BUSY));
    run(
        """
        insert into sk_schedule (app, unit, n, expression, next_due, jitter_ms, last_due, misfires)
        select s.app, 'unit-' || lpad('' || g, 5, '0'), 0, s.expression,
          now() + interval '1 h' + interval '1 s' * (g %% 5000), 0, now(), 0
        from sk_schedule s, generate_series(0, %d) g where s.unit = '%s'
        """
            .formatted(UNITS - 1, BUSY));
  }

  /** Each run with its time in milliseconds: {@code g}, {@code ms}, {@code unit}, {@code state}. */
  private String each() {
    return """
    (select g, (%d + g * %s)::bigint as ms,
      case when g / 7 %% 4 = 0 then '%s' else 'unit-' || lpad('' || g * 7919 %% %d, 5, '0') end as unit,
      case when g %% %d = 0 then 'failed' when g %% 1000 = 7 then 'skipped' else 'completed' end
        as state, g / %d %% %d as kind
      from generate_series(1::bigint, %d) g) r
    """
        .formatted(
            end.minusSeconds(WEEK).toEpochMilli(), step, BUSY, UNITS, FAILED, FAILED, KINDS, runs);
  }

  private void runs() throws SQLException {
    run(
        """
        insert into sk_run (app, id, unit, state, cause, schedule_n, scheduled_at, submitted_at,
          started_at, ended_at, attempt, losses, fence, node, forced, items, result, reason,
          failure_type, failure_message, failure_trace, failure_group)
        select t.app, %s, unit, r.state, 'schedule', 0, at, at,
          case when r.state = 'skipped' then null else at end, at + interval '1 ms' * (20 + g %% 200),
          case when r.state = 'skipped' then 0 else 1 end, 0, 1, 'node-a', false, false,
          case when r.state = 'completed' then '{"rows":' || g || '}' end,
          case when r.state = 'skipped' then 'its run before was still open' end,
          case when r.state = 'failed' then 'java.lang.IllegalStateException' end,
          case when r.state = 'failed' then 'Row ' || g || ' of the price list ' || kind
            || ' cannot be booked: the account is closed' end,
          case when r.state = 'failed' then repeat('  at com.example.Booking.book(Booking.java:42)',
            40) end,
          case when r.state = 'failed' then lpad(to_hex(kind), 16, '0') end
        from %s, lateral (select to_timestamp(ms / 1000.0) as at) l,
          (select app from sk_unit limit 1) t
        """
            .formatted(ulid("ms", "g"), each()));
  }

  /** What they say is that of the application's own events. */
  private void events() throws SQLException {
    run("create table told as select distinct on (type) type, data from sk_event");
    run("delete from sk_event");
    run("delete from sk_event_batch");
    run(
        """
        insert into sk_event_batch (app, id, at, node, incarnation, events, tally, position)
        select t.app, %s, to_timestamp(ms / 1000.0), 'node-a', 'before', %d, '', g * %d
        from %s, (select app from sk_unit limit 1) t
        """
            .formatted(ulid("ms", "g"), EVENTS, EVENTS, each()));
    run(
        """
        insert into sk_event (app, batch, n, at, type, unit, run, data, marks)
        select t.app, id, n, to_timestamp(ms / 1000.0), e.type, unit, id,
          coalesce(told.data, '{"cause":"SCHEDULE","reason":"its run before was open"}'), n = 0
        from (select r.*, %s as id from %s) r,
          lateral (values (0, 'start'), (1, case r.state when 'failed' then 'error'
            when 'skipped' then 'skip' else 'complete' end), (2, 'milestone')) e (n, type)
          left join told on told.type = e.type,
          (select app from sk_unit limit 1) t
        """
            .formatted(ulid("ms", "g"), each()));
    run(
        "update sk_lock set number = %d where name in ('journal', 'statistics')"
            .formatted((long) runs * EVENTS));
  }

  /** Runs of the busy unit that have lasted, with those of their events that others have too. */
  private void lasting() throws SQLException {
    int[] seconds = {10, 3600, 24 * 3600};
    for (int i = 0; i < seconds.length; i++) {
      long begin = end.minusSeconds(2L * 24 * 3600).toEpochMilli();
      run(
          """
          insert into sk_run (app, id, unit, state, cause, submitted_at, started_at, ended_at, attempt,
            losses, fence, node, forced, items)
          select app, %s, '%s', 'completed', 'manual', at, at, at + interval '%d s', 1, 0, 1, 'node-a',
            false, false
          from (select app, to_timestamp(%d / 1000.0) as at from sk_unit limit 1) t
          """
              .formatted(ulid(begin + "::bigint", i + ""), BUSY, seconds[i], begin));
      String id = id(begin, i);
      for (String batch :
          new String[] {
            "min(batch) from sk_event where batch > '%s'".formatted(id),
            "max(batch) from sk_event where batch < '%s'"
                .formatted(id(begin + seconds[i] * 1000L, 0))
          }) {
        run(
            """
            update sk_event set run = '%s' where n = 2 and app = (select app from sk_unit limit 1)
              and batch = (select %s and unit = '%s' and app = (select app from sk_unit limit 1))
            """
                .formatted(id, batch, BUSY));
      }
    }
  }

  private String id(long millis, int number) throws SQLException {
    return String.valueOf(
        database
            .rows("select " + ulid(millis + "::bigint", Integer.toString(number)))
            .get(0)
            .get(0));
  }

  /** Runs that wait for a node that knows their units, and some that another node runs. */
  private void open() throws SQLException {
    run(
        """
        insert into sk_node (app, incarnation, name, version, workers, started_at, heartbeat_at,
          lease_until, announced_to)
        select app, '%s', 'node-b', '', 16, now(), now(), now() + interval '1 d', '' from sk_unit limit 1
        """
            .formatted(ELSEWHERE));
    run(
        """
        insert into sk_run (app, id, unit, state, cause, submitted_at, started_at, attempt, losses,
          fence, owner, node, forced, items)
        select t.app, %s, 'unit-' || lpad('' || g, 5, '0'),
          case when g <= 16 then 'running' else 'ready' end, 'manual', at,
          case when g <= 16 then at end, case when g <= 16 then 1 else 0 end, 0, 1,
          case when g <= 16 then '%s' end, case when g <= 16 then 'node-b' end, false, false
        from (select g, %d - g * 1000 as ms from generate_series(1::bigint, %d) g) r,
          lateral (select to_timestamp(ms / 1000.0) as at) l, (select app from sk_unit limit 1) t
        """
            .formatted(ulid("ms", "g"), ELSEWHERE, end.toEpochMilli(), OPEN));
  }

  private void statistics() throws SQLException {
    run("delete from sk_stat");
    for (int seconds : new int[] {300, 3600}) {
      int days = seconds == 300 ? 8 : 400;
      run(
          """
          insert into sk_stat (app, seconds, bucket, started, retried, misfired, completed, failed,
            canceled, skipped, duration_sum_ms, duration_max_ms, late_sum_ms, late_max_ms,
            late_histogram)
          select app, %d, to_timestamp((extract(epoch from now())::bigint / %d - g) * %d), 500, 2, 1, 490,
            3, 0, 1, 50000, 220, 9000, 900, '400,50,20,10,5,1,0,0' from sk_unit, generate_series(0, %d) g
          where id = '%s'
          """
              .formatted(seconds, seconds, seconds, days * 24 * 3600 / seconds, BUSY));
    }
  }

  private void items() throws SQLException {
    run(
        """
        insert into sk_item_set (app, id, run, unit, state, enumeration, enumerated, manual)
        select app, %d, id, unit, 'closed', 1, true, false from sk_run where id = (
          select max(id) from sk_run where unit = '%s' and state = 'completed')
        """
            .formatted(SET, BUSY));
    run(
        "update sk_run set items = true where id = (select run from sk_item_set where id = "
            + SET
            + ")");
    run(
        """
        insert into sk_item (app, item_set, n, state, priority, attempt, losses, fence, enumeration,
          node, started_at, ended_at, item_key, payload, failure_type, failure_message, failure_group)
        select t.app, %d, g, state, 0, 1, 0, 1, 1, 'node-a', now() - interval '1 ms' * (%d - g),
          now() - interval '1 ms' * (%d - g), 'row-' || g, '{"row":' || g || ',"price":"12.50"}',
          case when state = 'failed' then 'java.lang.IllegalStateException' end,
          case when state = 'failed' then 'Row ' || g || ' cannot be booked ' || kind end,
          case when state = 'failed' then lpad(to_hex(kind), 16, '0') end
        from (select g, case when g %% %d = 0 then 'failed' else 'completed' end as state,
            g / %d %% %d as kind from generate_series(1, %d) g) i,
          (select app from sk_unit limit 1) t
        """
            .formatted(SET, items, items, FAILED, FAILED, KINDS, items));
    run(
        """
        insert into sk_item_count (app, item_set, slot, initialized, started, completed, failed, canceled)
        select app, %d, 0, 0, 0, %d, %d, 0 from sk_unit limit 1
        """
            .formatted(SET, items - items / FAILED, items / FAILED));
  }

  private void audit() throws SQLException {
    run(
        """
        insert into sk_audit (app, id, at, by_name, from_address, action, kind, target, before, after,
          reason)
        select t.app, %s, to_timestamp(ms / 1000.0), case when g %% 1000 = 0 then 'ben' else 'anna' end,
          '10.0.0.7', case when g %% 500 = 0 then 'stop' else 'pause' end, 'unit',
          'unit-' || lpad('' || g %% %d, 5, '0'), 'running', 'paused', 'the supplier is away'
        from (select g, (%d + g * %d)::bigint as ms from generate_series(1::bigint, %d) g) r,
          (select app from sk_unit limit 1) t
        """
            .formatted(
                ulid("ms", "g"),
                UNITS,
                end.minusSeconds(WEEK).toEpochMilli(),
                1000L * WEEK / AUDITED,
                AUDITED));
  }

  private void tasks() throws SQLException {
    run(
        """
        insert into sk_pool (app, name, places, declared, last_task, created_at)
        select t.app, 'pool-' || g, 4, 4, %d, now()
        from generate_series(1, %d) g, (select app from sk_unit limit 1) t
        """
            .formatted(TASKS, POOLS));
    run(
        """
        insert into sk_pool_task (app, pool, id, name, state, worker, durable, priority, added_at,
          started_at, ended_at)
        select t.app, 'pool-' || p, g, 'task ' || g, 'completed', '%s', true, 0, now(), now(), now()
        from generate_series(1, %d) p, generate_series(1, %d) g, (select app from sk_unit limit 1) t
        """
            .formatted(BUSY, POOLS, TASKS));
  }
}
