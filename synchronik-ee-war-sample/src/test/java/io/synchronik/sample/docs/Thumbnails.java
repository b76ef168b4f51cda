package io.synchronik.sample.docs;

import io.synchronik.SynchronikManager;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.WorkerPool;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** A pool. */
// tag::pool[]
@ApplicationScoped
public class Thumbnails {
  @Inject SynchronikManager synchronik;

  /** The payload of a task. */
  public record Cover(int number) {}

  /** A worker as any other; tasks of pools name it. */
  @Worker(id = "render-thumbnail")
  public static class RenderThumbnail implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "cover-%d.png".formatted(run.payload(Cover.class).number());
    }
  }

  String renderTwo() {
    WorkerPool pool = synchronik.useWorkerPool("thumbnails", 4);
    pool.addTask("cover-17", RenderThumbnail.class, new Cover(17));
    PoolTask urgent = PoolTask.of("cover-18", "render-thumbnail").withPriority(5);
    pool.addTask(urgent.withPayload(new Cover(18)));
    return pool.simulateRun().text(); // Execution sequence: 1. cover-18, 2. cover-17
  }
}
// end::pool[]
