package io.synchronik.it.benchmarks;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.synchronik.it.testkit.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

/** Quartz with its clustered JDBC store, configured for throughput. */
@SuppressWarnings("JavaUtilDate") // Quartz speaks in dates
final class BareQuartz implements Contender {
  private final Database database;
  private final Scheduler scheduler;
  private final AgroalDataSource pool;

  private BareQuartz(Database database, Scheduler scheduler, AgroalDataSource pool) {
    this.database = database;
    this.scheduler = scheduler;
    this.pool = pool;
  }

  static BareQuartz start(Database database, Load load, Tally tally)
      throws SQLException, IOException, SchedulerException {
    AgroalDataSource pool = pool(database, load.connections());
    Scheduler scheduler = ClusteredQuartz.create(database, pool, load.threads());
    scheduler.setJobFactory((bundle, any) -> new Counting(tally));
    Instant begin = Load.begin();
    for (int unit = 0; unit < load.units(); unit++) {
      scheduler.scheduleJob(job(unit), trigger(load, unit, begin));
    }
    scheduler.start();
    return new BareQuartz(database, scheduler, pool);
  }

  private static JobDetail job(int unit) {
    return JobBuilder.newJob(Counting.class).withIdentity(Load.name(unit)).build();
  }

  private static Trigger trigger(Load load, int unit, Instant begin) {
    return TriggerBuilder.newTrigger()
        .withIdentity(Load.name(unit))
        .startAt(Date.from(load.first(unit, begin)))
        .withSchedule(
            SimpleScheduleBuilder.simpleSchedule()
                .withIntervalInMilliseconds(load.interval().toMillis())
                .repeatForever())
        .build();
  }

  private static AgroalDataSource pool(Database database, int connections) throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(connections)
                        .connectionFactoryConfiguration(
                            factory -> factory.jdbcUrl(database.url()))));
  }

  /** A worker that does nothing but count. */
  private record Counting(Tally tally) implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      tally.ran(context.getScheduledFireTime().toInstant());
    }
  }

  @Override
  public void stop() {
    try {
      scheduler.shutdown(true);
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Quartz keeps no history, but counts how often each trigger was fired. */
  @Override
  public long recorded() throws SQLException {
    return database.number("select sum(times_triggered) from qrtz_simple_triggers");
  }

  @Override
  public void close() {
    pool.close();
  }
}
