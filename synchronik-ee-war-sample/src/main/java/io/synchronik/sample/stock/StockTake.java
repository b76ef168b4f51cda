package io.synchronik.sample.stock;

import io.synchronik.SynchronikManager;
import io.synchronik.run.Progress;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * Counts the copies on the shelves, which takes longer than its interval: each second due time is
 * skipped. It asks for a report at its begin and commits at its end, which keeps what the schedule
 * of the report is to begin waiting. It would do better to ask last.
 */
@Transactional
@Worker(
    id = "stock-take",
    name = "Stock Take",
    description = "Counts the copies on the shelves; takes longer than its interval",
    every = "10s",
    initialDelay = "15s")
public class StockTake implements Action {
  private static final int SHELVES = 24;
  private static final int SHELF_MILLIS = 500;

  @Inject SynchronikManager synchronik;

  @Override
  public void run(RunContext run) throws InterruptedException {
    synchronik.runWorkerById(StockReport.ID);
    for (int shelf = 1; shelf <= SHELVES; shelf++) {
      Thread.sleep(SHELF_MILLIS);
      run.progress(new Progress(shelf, SHELVES));
    }
  }
}
