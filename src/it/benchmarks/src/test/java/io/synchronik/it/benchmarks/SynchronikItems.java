package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.item.Chunk;
import io.synchronik.item.ChunkItem;
import io.synchronik.item.ChunkWork;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.run.RunHandle;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Items of one run on one node of Synchronik in Java SE: CDI beans, JTA, JSON-B and all. */
final class SynchronikItems implements ItemContender {
  private static final String WORKER = "item";

  /**
   * What the worker is given.
   *
   * @param load what is to be done
   * @param items what was done
   * @param enqueued opened when all items are written
   * @param started lets them be worked off
   */
  record Given(
      ItemLoad load,
      io.synchronik.it.benchmarks.Items items,
      CountDownLatch enqueued,
      CountDownLatch started) {}

  private final Database database;
  private final Node node;
  private final Given given;
  private final boolean chunks;

  private SynchronikItems(Database database, Node node, Given given, boolean chunks) {
    this.database = database;
    this.node = node;
    this.given = given;
    this.chunks = chunks;
  }

  static SynchronikItems open(
      Database database, ItemLoad load, io.synchronik.it.benchmarks.Items items, boolean chunks) {
    Given given = new Given(load, items, new CountDownLatch(1), new CountDownLatch(1));
    NodeBuilder builder =
        Node.on(database)
            .instance(Given.class, given)
            .connections(ItemLoad.CONNECTIONS)
            .withoutXa()
            .setting("synchronik.workers", Integer.toString(ItemLoad.THREADS));
    Class<?> worker =
        chunks ? Chunks.class : load.transactional() ? Inserting.class : Counting.class;
    return new SynchronikItems(database, builder.beans(worker).start(), given, chunks);
  }

  @Override
  public String settings() {
    return "Synchronik: one run, CDI bean%s, %d threads, %d connections (Agroal, JTA without XA)"
            .formatted(
                given.load.transactional() ? " with @Transactional" : "",
                ItemLoad.THREADS,
                ItemLoad.CONNECTIONS)
        + (chunks ? ", chunks of 100" : "");
  }

  private static void enumerate(Items<Integer> items, Given given) throws InterruptedException {
    IntStream.range(0, given.load.items()).forEach(items::add);
    given.enqueued.countDown();
    given.started.await();
  }

  /** Does nothing but count. */
  @Worker(id = WORKER)
  @ApplicationScoped
  static class Counting implements ItemWork<Integer, Void> {
    @Inject Given given;

    @Override
    public void enumerate(Items<Integer> items, RunContext run) throws InterruptedException {
      SynchronikItems.enumerate(items, given);
    }

    @Override
    public Void process(Integer number, ItemContext item) {
      given.items.ran(number);
      return null;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  /** Inserts a row in the transaction of its completion. */
  @Worker(id = WORKER)
  @ApplicationScoped
  static class Inserting implements ItemWork<Integer, Void> {
    @Inject Given given;
    @Inject DataSource dataSource;

    @Override
    public void enumerate(Items<Integer> items, RunContext run) throws InterruptedException {
      SynchronikItems.enumerate(items, given);
    }

    @Override
    @Transactional
    public Void process(Integer number, ItemContext item) throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        io.synchronik.it.benchmarks.ItemWork.insert(connection, number);
      }
      given.items.ran(number);
      return null;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  /** Inserts the rows of a chunk in one transaction with their completions. */
  @Worker(id = WORKER)
  @ApplicationScoped
  @Chunk(100)
  static class Chunks implements ChunkWork<Integer> {
    @Inject Given given;
    @Inject DataSource dataSource;

    @Override
    public void enumerate(Items<Integer> items, RunContext run) throws InterruptedException {
      SynchronikItems.enumerate(items, given);
    }

    @Override
    @Transactional
    public void process(List<ChunkItem<Integer>> chunk) throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        for (ChunkItem<Integer> item : chunk) {
          io.synchronik.it.benchmarks.ItemWork.insert(connection, item.payload());
        }
      }
      chunk.forEach(item -> given.items.ran(item.payload()));
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  @Override
  public void enqueue(int items) throws InterruptedException {
    RunHandle run = node.manager().runWorkerById(WORKER);
    run.outcome().thenAccept(outcome -> given.enqueued.countDown());
    given.enqueued.await();
    if (run.state().isFinal()) {
      throw new IllegalStateException(run.join(java.time.Duration.ofSeconds(1)).failure() + "");
    }
  }

  @Override
  public void start() {
    given.started.countDown();
  }

  @Override
  public void stop() {
    given.started.countDown();
    node.close();
  }

  @Override
  public BitSet recorded(int items) throws SQLException {
    return completed(database);
  }

  static BitSet completed(Database database) throws SQLException {
    BitSet recorded = new BitSet();
    for (List<?> row :
        database.rows("select cast(payload as integer) from sk_item where state = 'completed'")) {
      recorded.set((Integer) row.get(0));
    }
    return recorded;
  }
}
