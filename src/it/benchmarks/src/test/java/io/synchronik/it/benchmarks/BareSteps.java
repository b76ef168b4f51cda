package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * What somebody writes by hand who needs the same steps: a run, its items, events; each step one
 * transaction on a connection of its thread, with prepared statements.
 */
final class BareSteps implements ProcessRunner {
  private record Item(String run, int n) {}

  private final Database database;
  private final boolean parallel;
  private final Tally tally;
  private final LinkedBlockingDeque<Item> ready = new LinkedBlockingDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean open = true;

  private BareSteps(Database database, boolean parallel, Tally tally) {
    this.database = database;
    this.parallel = parallel;
    this.tally = tally;
  }

  static BareSteps start(Database database, boolean parallel, Tally tally) throws SQLException {
    database.execute(
        "create table b_run (id varchar(36) primary key, state varchar(16) not null,"
            + " open integer not null, ended_at timestamptz)");
    database.execute(
        "create table b_item (run varchar(36), n integer, state varchar(16) not null,"
            + " owner varchar(36), fence bigint not null, started_at timestamptz,"
            + " ended_at timestamptz, primary key (run, n))");
    database.execute(
        "create table b_event (id bigserial primary key, at timestamptz not null,"
            + " run varchar(36) not null, type varchar(16) not null, data varchar not null)");
    BareSteps started = new BareSteps(database, parallel, tally);
    for (int i = 0; i < ProcessBenchmark.IN_FLIGHT; i++) {
      started.ready.add(new Item(UUID.randomUUID().toString(), -1));
    }
    for (int i = 0; i < ProcessBenchmark.THREADS; i++) {
      Thread thread = new Thread(started::work, "bare-" + i);
      started.threads.add(thread);
      thread.start();
    }
    return started;
  }

  private void work() {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      Statements statements = new Statements(connection);
      while (open) {
        Item item = ready.take();
        if (item.n < 0) {
          begin(statements, item.run);
        } else {
          tally.ran(java.time.Instant.EPOCH);
          complete(statements, item);
        }
      }
    } catch (InterruptedException e) {
      // The benchmark is over
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void begin(Statements statements, String run) throws SQLException {
    int items = parallel ? ProcessBenchmark.WORKERS : 1;
    statements.insertRun.setString(1, run);
    statements.insertRun.setInt(2, ProcessBenchmark.WORKERS);
    statements.insertRun.executeUpdate();
    for (int n = 0; n < items; n++) {
      statements.insertItem(run, n);
    }
    statements.insertItem.executeBatch();
    statements.event(run, "start");
    statements.connection.commit();
    for (int n = 0; n < items; n++) {
      ready.addFirst(new Item(run, n));
    }
  }

  private void complete(Statements statements, Item item) throws SQLException {
    int left = statements.lock(item.run);
    statements.completeItem.setString(1, item.run);
    statements.completeItem.setInt(2, item.n);
    if (statements.completeItem.executeUpdate() != 1) {
      throw new IllegalStateException("Somebody else has it");
    }
    statements.event(item.run, "complete");
    boolean next = !parallel && left > 1;
    if (next) {
      statements.insertItem(item.run, item.n + 1);
      statements.insertItem.executeBatch();
    }
    statements.updateRun.setInt(1, left - 1);
    statements.updateRun.setString(2, left == 1 ? "completed" : "running");
    statements.updateRun.setString(3, item.run);
    statements.updateRun.executeUpdate();
    statements.connection.commit();
    if (next) {
      ready.addFirst(new Item(item.run, item.n + 1));
    } else if (left == 1) {
      ready.addLast(new Item(UUID.randomUUID().toString(), -1));
    }
  }

  private static final class Statements {
    final Connection connection;
    final PreparedStatement insertRun;
    final PreparedStatement insertItem;
    final PreparedStatement lockRun;
    final PreparedStatement completeItem;
    final PreparedStatement insertEvent;
    final PreparedStatement updateRun;

    Statements(Connection connection) throws SQLException {
      this.connection = connection;
      insertRun =
          connection.prepareStatement(
              "insert into b_run (id, state, open) values (?, 'running', ?)");
      insertItem =
          connection.prepareStatement(
              "insert into b_item (run, n, state, owner, fence, started_at)"
                  + " values (?, ?, 'running', 'node', 1, now())");
      lockRun = connection.prepareStatement("select open from b_run where id = ? for update");
      completeItem =
          connection.prepareStatement(
              "update b_item set state = 'completed', owner = null, ended_at = now()"
                  + " where run = ? and n = ? and owner = 'node' and fence = 1");
      insertEvent =
          connection.prepareStatement(
              "insert into b_event (at, run, type, data) values (now(), ?, ?, '{}')");
      updateRun = connection.prepareStatement("update b_run set open = ?, state = ? where id = ?");
    }

    void insertItem(String run, int n) throws SQLException {
      insertItem.setString(1, run);
      insertItem.setInt(2, n);
      insertItem.addBatch();
    }

    int lock(String run) throws SQLException {
      lockRun.setString(1, run);
      try (ResultSet row = lockRun.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }

    void event(String run, String type) throws SQLException {
      insertEvent.setString(1, run);
      insertEvent.setString(2, type);
      insertEvent.executeUpdate();
    }
  }

  @Override
  public void stop() {
    open = false;
    threads.forEach(Thread::interrupt);
  }

  @Override
  public void close() {
    ProcessRunner.join(threads);
  }
}
