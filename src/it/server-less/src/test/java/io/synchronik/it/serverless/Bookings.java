package io.synchronik.it.serverless;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Held;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A transactional worker, and the rows that it writes: one for each of its runs, or it is wrong.
 */
final class Bookings {
  /** Id of the worker. */
  static final String BOOK = "book";

  private Bookings() {}

  /** Its statements may meet a fault, which ends an attempt as whatever else the work throws. */
  @Worker(id = BOOK, overlap = Overlap.ALLOW, maxRetries = 20, retryDelay = "10ms")
  @Transactional
  static class Book implements Work<String> {
    @Inject DataSource dataSource;

    @Override
    public String run(RunContext run) throws SQLException {
      book(dataSource, run);
      return "booked";
    }
  }

  /** The same, held before its end. */
  @Worker(id = BOOK, overlap = Overlap.ALLOW, maxRetries = 20, retryDelay = "10ms")
  @Transactional
  static class HeldBook implements Work<Integer> {
    @Inject DataSource dataSource;
    @Inject Held held;

    @Override
    public Integer run(RunContext run) throws Exception {
      book(dataSource, run);
      return held.run(run);
    }
  }

  private static void book(DataSource dataSource, RunContext run) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into booking (run) values (?)")) {
      insert.setString(1, run.run().value());
      insert.executeUpdate();
    }
  }

  /** Creates the table; nothing in it keeps a run from being there twice. */
  static void createTable(Database database) throws SQLException {
    database.execute("create table booking (run varchar(40))");
  }
}
