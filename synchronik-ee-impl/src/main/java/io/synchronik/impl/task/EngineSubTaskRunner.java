package io.synchronik.impl.task;

import io.synchronik.task.SubTask;
import io.synchronik.task.SubTaskPlan;
import io.synchronik.task.SubTaskRunner;
import io.synchronik.task.TaskReport;
import org.jspecify.annotations.Nullable;

/** Runs sub-tasks on the worker's own thread, or on threads of the engine. */
public final class EngineSubTaskRunner implements SubTaskRunner {
  @Override
  public <T, R extends @Nullable Object> TaskReport<R> run(
      SubTaskPlan<T> plan, SubTask<? super T, ? extends R> task) {
    return new SubTaskRun<T, R>(plan, task, CurrentAttempt.threads()).run();
  }
}
