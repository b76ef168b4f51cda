package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Schedulers of Quartz with its clustered JDBC store, configured for throughput. */
final class ClusteredQuartz {
  private static final String TABLES = "impl/jdbcjobstore/tables_postgres.sql";

  private ClusteredQuartz() {}

  /** Creates a scheduler, which is not started yet, and its tables. */
  static Scheduler create(Database database, DataSource pool, int threads)
      throws SQLException, IOException, SchedulerException {
    try (InputStream tables = Scheduler.class.getResourceAsStream(TABLES)) {
      database.execute(
          new String(Objects.requireNonNull(tables).readAllBytes(), StandardCharsets.UTF_8));
    }
    DBConnectionManager.getInstance().addConnectionProvider(database.name(), new Connections(pool));
    StdSchedulerFactory factory = new StdSchedulerFactory();
    factory.initialize(properties(database.name(), Integer.toString(threads)));
    return factory.getScheduler();
  }

  private static Properties properties(String name, String threads) {
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", name);
    properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
    properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", threads);
    properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.setProperty("org.quartz.threadPool.threadCount", threads);
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    properties.setProperty(
        "org.quartz.jobStore.driverDelegateClass",
        "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    properties.setProperty("org.quartz.jobStore.dataSource", name);
    properties.setProperty("org.quartz.jobStore.isClustered", "true");
    properties.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
    properties.setProperty("org.quartz.jobStore.useProperties", "true");
    return properties;
  }

  private record Connections(DataSource pool) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws SQLException {
      return pool.getConnection();
    }

    @Override
    public void initialize() {}

    @Override
    public void shutdown() {
      // Closed by whoever made it
    }
  }
}
