package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.item.ItemSource;
import io.synchronik.item.NewItem;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * Items that a caller adds to a run of Synchronik, in batches that are each a transaction of the
 * caller's. The worker's own enumeration adds none and ends with {@link #start}: before, nothing is
 * worked off.
 */
final class AddedItems implements ItemContender {
  private static final String WORKER = "item";
  private static final int BATCH = 5000;

  private final Database database;
  private final Node node;
  private final CountDownLatch enumerating = new CountDownLatch(1);
  private final CountDownLatch started = new CountDownLatch(1);
  private final String run;

  private AddedItems(Database database) throws InterruptedException {
    this.database = database;
    this.node =
        Node.on(database)
            .connections(ItemLoad.CONNECTIONS)
            .withoutXa()
            .setting("synchronik.workers", Integer.toString(ItemLoad.THREADS))
            .start();
    node.manager().registerUnit(ItemSource.worker(WORKER, Integer.class, source()));
    run = node.manager().runWorkerById(WORKER).id().value();
    enumerating.await();
  }

  static AddedItems open(Database database) throws InterruptedException {
    return new AddedItems(database);
  }

  private io.synchronik.item.ItemWork<Integer, Void> source() {
    return new io.synchronik.item.ItemWork<>() {
      @Override
      public void enumerate(
          io.synchronik.item.Items<Integer> items, io.synchronik.worker.RunContext context)
          throws InterruptedException {
        enumerating.countDown();
        started.await();
      }

      @Override
      public Void process(Integer payload, io.synchronik.item.ItemContext item) {
        return null;
      }
    };
  }

  @Override
  public String settings() {
    return "by callers: items().add of %,d items in a transaction".formatted(BATCH);
  }

  @Override
  public void enqueue(int items) throws Exception {
    for (int from = 0; from < items; from += BATCH) {
      List<NewItem<Integer>> batch =
          IntStream.range(from, Math.min(items, from + BATCH)).mapToObj(NewItem::of).toList();
      node.inTransaction(() -> node.manager().items().add(run, batch));
    }
  }

  @Override
  public void start() {
    started.countDown();
  }

  @Override
  public void stop() {
    started.countDown();
    node.close();
  }

  @Override
  public BitSet recorded(int items) throws SQLException {
    return SynchronikItems.completed(database);
  }
}
