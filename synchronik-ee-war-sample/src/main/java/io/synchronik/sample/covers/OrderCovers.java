package io.synchronik.sample.covers;

import io.synchronik.SynchronikManager;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.WorkerPool;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import java.util.stream.IntStream;

/**
 * Orders the covers of some films. They are drawn by one place, so most of them wait; the last one
 * is urgent and passes the others.
 */
@Worker(
    id = "order-covers",
    name = "Order Covers",
    description = "Adds tasks to the pool that draws covers",
    every = "1m",
    initialDelay = "10s")
public class OrderCovers implements Action {
  private static final int FILMS = 5;
  private static final int URGENT = 5;

  @Inject SynchronikManager synchronik;

  @Override
  public void run(RunContext run) {
    WorkerPool pool = synchronik.useWorkerPool("covers", 1);
    if (pool.view().tasks().pending() > FILMS) {
      run.log("There is enough to draw");
      return;
    }
    IntStream.rangeClosed(1, FILMS)
        .forEach(
            film ->
                pool.addTask(
                    PoolTask.of("cover-" + film + " of " + run.run(), DrawCover.class)
                        .withPriority(film == FILMS ? URGENT : 0)
                        .withPayload(new DrawCover.Cover(film))));
  }
}
