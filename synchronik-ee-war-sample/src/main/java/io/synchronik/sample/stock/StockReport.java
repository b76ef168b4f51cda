package io.synchronik.sample.stock;

import io.synchronik.schedule.Misfire;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;

/**
 * Says what is on the shelves, and rather nothing than something late: what misfires is passed
 * over.
 */
@Worker(
    id = StockReport.ID,
    name = "Stock Report",
    description = "Says what is on the shelves, unless it would be late",
    every = "30s",
    initialDelay = "20s",
    misfire = Misfire.SKIP,
    misfireThreshold = "3s")
public class StockReport implements Action {
  static final String ID = "stock-report";

  @Override
  public void run(RunContext run) {
    run.milestone("stock-reported", null);
  }
}
