package io.synchronik.it.benchmarks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.synchronik.it.testkit.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Items as one-time tasks of db-scheduler, with the polling that it recommends for throughput. */
final class DbSchedulerItems implements ItemContender {
  private static final double LOWER = 1.0;
  private static final double UPPER = 4.0;

  private final Database database;
  private final HikariDataSource pool;
  private final OneTimeTask<Void> task;
  private final Scheduler scheduler;

  private DbSchedulerItems(Database database, HikariDataSource pool, OneTimeTask<Void> task) {
    this.database = database;
    this.pool = pool;
    this.task = task;
    this.scheduler =
        Scheduler.create(pool, task)
            .threads(ItemLoad.THREADS)
            .pollUsingLockAndFetch(LOWER, UPPER)
            .pollingInterval(Duration.ofSeconds(1))
            .build();
  }

  static DbSchedulerItems open(Database database, ItemLoad load, Items items) throws SQLException {
    database.execute(
        "create table scheduled_tasks (task_name text not null, task_instance text not null,"
            + " task_data bytea, execution_time timestamptz not null, picked boolean not null,"
            + " picked_by text, last_success timestamptz, last_failure timestamptz,"
            + " consecutive_failures integer, last_heartbeat timestamptz, version bigint not null,"
            + " priority smallint, primary key (task_name, task_instance))");
    database.execute("create index on scheduled_tasks (execution_time)");
    database.execute("create index on scheduled_tasks (last_heartbeat)");
    HikariDataSource pool = Pool.of(database);
    ItemWork work = new ItemWork(items, load, pool);
    OneTimeTask<Void> task =
        Tasks.oneTime("item")
            .execute(
                (instance, context) -> {
                  try {
                    work.run(Integer.parseInt(instance.getId()));
                  } catch (SQLException e) {
                    throw new IllegalStateException(e);
                  }
                });
    return new DbSchedulerItems(database, pool, task);
  }

  @Override
  public String settings() {
    return "db-scheduler: one-time tasks, lock-and-fetch with thresholds %s and %s; %s"
        .formatted(LOWER, UPPER, Pool.NAME);
  }

  @Override
  public void enqueue(int items) {
    scheduler.scheduleBatch(
        IntStream.range(0, items).mapToObj(item -> task.instance(Integer.toString(item))),
        Instant.now());
  }

  @Override
  public void start() {
    scheduler.start();
  }

  @Override
  public void stop() {
    scheduler.stop();
    pool.close();
  }

  /** An item's row is deleted when it has run. */
  @Override
  public BitSet recorded(int items) throws SQLException {
    BitSet recorded = new BitSet();
    recorded.set(0, items);
    for (List<?> row : database.rows("select task_instance from scheduled_tasks")) {
      recorded.clear(Integer.parseInt((String) row.get(0)));
    }
    return recorded;
  }
}
