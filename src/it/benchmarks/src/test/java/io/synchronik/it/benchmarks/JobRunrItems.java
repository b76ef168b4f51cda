package io.synchronik.it.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.synchronik.it.testkit.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/** Items as jobs of JobRunr, without its dashboard. */
final class JobRunrItems implements ItemContender {
  /** The least that it allows for a database. */
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

  private final Database database;
  private final HikariDataSource pool;
  private final JobScheduler scheduler;

  private JobRunrItems(Database database, HikariDataSource pool, JobScheduler scheduler) {
    this.database = database;
    this.pool = pool;
    this.scheduler = scheduler;
  }

  static JobRunrItems open(Database database, ItemLoad load, Items items) {
    HikariDataSource pool = Pool.of(database);
    ItemWork work = new ItemWork(items, load, pool);
    JobScheduler scheduler =
        JobRunr.configure()
            .useStorageProvider(new PostgresStorageProvider(pool))
            .useJobActivator(
                new JobActivator() {
                  @Override
                  public <T> T activateJob(Class<T> type) {
                    return type.cast(work);
                  }
                })
            .useBackgroundJobServer(
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                    .andPollInterval(POLL_INTERVAL)
                    .andWorkerCount(ItemLoad.THREADS),
                false)
            .initialize()
            .getJobScheduler();
    return new JobRunrItems(database, pool, scheduler);
  }

  @Override
  public String settings() {
    return "JobRunr %s: poll interval %d s (its least), worker count %d; %s"
        .formatted(
            JobRunr.class.getPackage().getImplementationVersion(),
            POLL_INTERVAL.toSeconds(),
            ItemLoad.THREADS,
            Pool.NAME);
  }

  @Override
  public void enqueue(int items) {
    scheduler.<ItemWork, Integer>enqueue(
        IntStream.range(0, items).boxed(), (work, item) -> work.run(item));
  }

  @Override
  public void start() {
    server().start();
  }

  private static BackgroundJobServer server() {
    return JobRunr.getBackgroundJobServer();
  }

  @Override
  public void stop() {
    // Ends the server and the storage provider
    JobRunr.destroy();
    pool.close();
  }

  @Override
  public BitSet recorded(int items) throws SQLException {
    BitSet recorded = new BitSet();
    for (List<?> row :
        database.rows(
            "select (jobasjson::jsonb #>> '{jobDetails,jobParameters,0,object}')::integer"
                + " from jobrunr_jobs where state = 'SUCCEEDED'")) {
      recorded.set((Integer) row.get(0));
    }
    return recorded;
  }
}
