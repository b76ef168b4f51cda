package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The least that a durable step can be: one update of one row, committed. */
final class BareUpdates implements ProcessRunner {
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean open = true;

  private BareUpdates() {}

  static BareUpdates start(Database database, Tally tally) throws SQLException {
    database.execute("create table b_step (id integer primary key, steps bigint not null)");
    BareUpdates started = new BareUpdates();
    for (int i = 0; i < ProcessBenchmark.THREADS; i++) {
      int id = i;
      database.execute("insert into b_step values (?, 0)", id);
      Thread thread = new Thread(() -> started.work(database, id, tally), "update-" + i);
      started.threads.add(thread);
      thread.start();
    }
    return started;
  }

  private void work(Database database, int id, Tally tally) {
    try (Connection connection = database.connect();
        PreparedStatement update =
            connection.prepareStatement("update b_step set steps = steps + 1 where id = ?")) {
      while (open) {
        update.setInt(1, id);
        update.executeUpdate();
        tally.ran(Instant.EPOCH);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    open = false;
  }

  @Override
  public void close() {
    ProcessRunner.join(threads);
  }
}
