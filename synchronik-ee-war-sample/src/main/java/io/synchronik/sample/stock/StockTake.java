package io.synchronik.sample.stock;

import io.synchronik.run.Progress;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;

/**
 * Counts the copies on the shelves, which takes longer than its interval: each second due time is
 * skipped, as is the default.
 */
@Worker(
    id = "stock-take",
    name = "Stock Take",
    description = "Counts the copies on the shelves; takes longer than its interval",
    every = "10s",
    initialDelay = "15s")
public class StockTake implements Action {
  private static final int SHELVES = 24;
  private static final int SHELF_MILLIS = 500;

  @Override
  public void run(RunContext run) throws InterruptedException {
    for (int shelf = 1; shelf <= SHELVES; shelf++) {
      Thread.sleep(SHELF_MILLIS);
      run.progress(new Progress(shelf, SHELVES));
    }
  }
}
