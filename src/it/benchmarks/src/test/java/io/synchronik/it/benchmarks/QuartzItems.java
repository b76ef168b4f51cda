package io.synchronik.it.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.synchronik.it.testkit.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

/** Items as one-off triggers of one job of Quartz, with its clustered JDBC store. */
final class QuartzItems implements ItemContender {
  private static final int BATCH = 500;

  private final Database database;
  private final Scheduler scheduler;
  private final HikariDataSource pool;

  private QuartzItems(Database database, Scheduler scheduler, HikariDataSource pool) {
    this.database = database;
    this.scheduler = scheduler;
    this.pool = pool;
  }

  static QuartzItems open(Database database, ItemLoad load, Items items)
      throws SQLException, IOException, SchedulerException {
    HikariDataSource pool = Pool.of(database);
    Scheduler scheduler = ClusteredQuartz.create(database, pool, ItemLoad.THREADS);
    ItemWork work = new ItemWork(items, load, pool);
    scheduler.setJobFactory((bundle, any) -> new Item(work));
    return new QuartzItems(database, scheduler, pool);
  }

  private record Item(ItemWork work) implements Job {
    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
      try {
        work.run(Integer.parseInt(context.getTrigger().getKey().getName()));
      } catch (SQLException e) {
        throw new JobExecutionException(e);
      }
    }
  }

  @Override
  public String settings() {
    return "Quartz %s: clustered JobStoreTX, one-off triggers of one job, batches of %d; %s"
        .formatted(
            Scheduler.class.getPackage().getImplementationVersion(), ItemLoad.THREADS, Pool.NAME);
  }

  @Override
  public void enqueue(int items) throws SchedulerException {
    JobDetail job = JobBuilder.newJob(Item.class).withIdentity("item").storeDurably().build();
    for (int from = 0; from < items; from += BATCH) {
      Set<Trigger> triggers = new HashSet<>();
      for (int item = from; item < Math.min(items, from + BATCH); item++) {
        triggers.add(
            TriggerBuilder.newTrigger()
                .withIdentity(Integer.toString(item))
                .forJob(job)
                .startNow()
                .build());
      }
      // Replacing is how triggers are added to a job that is there already
      scheduler.scheduleJobs(Map.of(job, triggers), true);
    }
  }

  @Override
  public void start() throws SchedulerException {
    scheduler.start();
  }

  @Override
  public void stop() {
    try {
      scheduler.shutdown(true);
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    } finally {
      pool.close();
    }
  }

  /** An item's trigger is deleted when it has run. */
  @Override
  public BitSet recorded(int items) throws SQLException {
    BitSet recorded = new BitSet();
    recorded.set(0, items);
    for (List<?> row : database.rows("select trigger_name from qrtz_triggers")) {
      recorded.clear(Integer.parseInt((String) row.get(0)));
    }
    return recorded;
  }
}
