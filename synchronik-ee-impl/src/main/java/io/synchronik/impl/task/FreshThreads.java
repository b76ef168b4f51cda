package io.synchronik.impl.task;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for sub-tasks outside any attempt, as in plain test code: one for each task. */
final class FreshThreads implements AttemptThreads {
  private final AtomicInteger started = new AtomicInteger();

  @Override
  public Executor executor() {
    return task -> {
      Thread thread = new Thread(task, "synchronik-sub-task-" + started.incrementAndGet());
      thread.setDaemon(true);
      thread.start();
    };
  }

  @Override
  public boolean cancelled() {
    return false;
  }
}
