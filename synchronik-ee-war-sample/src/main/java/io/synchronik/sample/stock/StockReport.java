package io.synchronik.sample.stock;

import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;

/**
 * Says what is on the shelves. It may be late by a millisecond only, which no clock keeps: each of
 * its firings is told of as a misfire, and runs once all the same, as is the default.
 */
@Worker(
    id = "stock-report",
    name = "Stock Report",
    description = "Says what is on the shelves; counts as late from the first millisecond on",
    every = "30s",
    initialDelay = "20s",
    misfireThreshold = "1ms")
public class StockReport implements Action {
  @Override
  public void run(RunContext run) {
    run.milestone("stock-reported", null);
  }
}
