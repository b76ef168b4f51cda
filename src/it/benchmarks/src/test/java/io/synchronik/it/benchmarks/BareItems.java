package io.synchronik.it.benchmarks;

import io.synchronik.it.benchmarks.BareTable.Claim;
import io.synchronik.it.testkit.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What somebody writes by hand who needs items as fast as can be: one thread claims batches, the
 * workers take from a queue, one thread completes groups; or each worker completes its item in the
 * transaction of its insert. Each thread keeps its connection.
 */
final class BareItems implements ItemContender {
  private static final int BATCH = Integer.getInteger("benchmark.batch", 1000);
  private static final int INSERT_BATCH = 5000;
  private static final Duration LINGER = Duration.ofMillis(2);
  private static final Duration IDLE = Duration.ofMillis(20);

  private final Database database;
  private final Connection enqueuing;
  private final BareTable table;
  private final ItemLoad load;
  private final Items items;
  private final BlockingQueue<Claim> claimed = new ArrayBlockingQueue<>(2 * BATCH);
  private final BlockingQueue<Claim> ended = new LinkedBlockingQueue<>();
  private final List<Thread> workers = new ArrayList<>();
  private final List<Thread> others = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean claiming = true;
  private volatile boolean working = true;

  private BareItems(Database database, BareTable table, ItemLoad load, Items items)
      throws SQLException {
    this.database = database;
    this.enqueuing = database.connect();
    this.table = table;
    this.load = load;
    this.items = items;
  }

  static BareItems open(Database database, BareTable table, ItemLoad load, Items items)
      throws SQLException {
    table.create(database);
    return new BareItems(database, table, load, items);
  }

  @Override
  public String settings() {
    String shape =
        table == BareTable.ONE ? "one table, partial indexes" : "ready items in a table apart";
    return "bare JDBC: %s, fillfactor %d, batches of %d; a connection for each thread"
        .formatted(shape, BareTable.FILLFACTOR, BATCH);
  }

  @Override
  public void enqueue(int count) throws SQLException {
    enqueuing.setAutoCommit(false);
    for (int from = 0; from < count; from += INSERT_BATCH) {
      table.insert(enqueuing, from, Math.min(count, from + INSERT_BATCH));
      enqueuing.commit();
    }
  }

  @Override
  public void start() {
    begin(others, "claimer", this::claim);
    for (int i = 0; i < ItemLoad.THREADS; i++) {
      begin(workers, "worker-" + i, load.transactional() ? this::workAndComplete : this::work);
    }
    if (!load.transactional()) {
      begin(others, "completer", this::complete);
    }
  }

  private interface Loop {
    void run() throws SQLException, InterruptedException;
  }

  private void begin(List<Thread> threads, String name, Loop loop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (SQLException | InterruptedException | RuntimeException e) {
                failure.compareAndSet(null, e);
              }
            },
            name);
    threads.add(thread);
    thread.start();
  }

  private void claim() throws SQLException, InterruptedException {
    try (Connection connection = database.connect();
        PreparedStatement statement = table.claim(connection, BATCH)) {
      while (claiming) {
        List<Claim> batch = new ArrayList<>(BATCH);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            batch.add(new Claim(rows.getLong(1), rows.getLong(2)));
          }
        }
        if (batch.isEmpty()) {
          TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
        }
        for (Claim claim : batch) {
          while (claiming && !claimed.offer(claim, IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
            // The workers are behind
          }
        }
      }
    }
  }

  private void work() throws InterruptedException {
    for (Claim claim = next(); claim != null; claim = next()) {
      items.ran((int) claim.item());
      ended.add(claim);
    }
  }

  private void workAndComplete() throws SQLException, InterruptedException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      for (Claim claim = next(); claim != null; claim = next()) {
        ItemWork.insert(connection, (int) claim.item());
        items.ran((int) claim.item());
        BareTable.complete(connection, claim);
        connection.commit();
      }
    }
  }

  private Claim next() throws InterruptedException {
    Claim claim = null;
    while (claim == null && claiming) {
      claim = claimed.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
    }
    return claim;
  }

  private void complete() throws SQLException, InterruptedException {
    try (Connection connection = database.connect()) {
      List<Claim> group = new ArrayList<>(BATCH);
      while (working || !ended.isEmpty()) {
        gather(group);
        if (!group.isEmpty()) {
          BareTable.complete(connection, group);
          group.clear();
        }
      }
    }
  }

  /** A short wait makes groups large, which costs less than the same items in many small ones. */
  private void gather(List<Claim> group) throws InterruptedException {
    Claim first = ended.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    group.add(first);
    long end = System.nanoTime() + LINGER.toNanos();
    ended.drainTo(group, BATCH - group.size());
    while (group.size() < BATCH && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.sleep(LINGER.toNanos() / 4);
      ended.drainTo(group, BATCH - group.size());
    }
  }

  @Override
  public void stop() {
    claiming = false;
    ProcessRunner.join(workers);
    working = false;
    ProcessRunner.join(others);
    try {
      enqueuing.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
  }

  @Override
  public BitSet recorded(int count) throws SQLException {
    return BareTable.completed(database);
  }
}
