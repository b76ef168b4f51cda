package io.synchronik.task;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** How sub-tasks are run; provided by the engine through {@link ServiceLoader}. */
public interface SubTaskRunner {
  /**
   * Processes all items of a plan.
   *
   * @param plan what to do
   * @param task what is done with one item
   * @param <T> the items
   * @param <R> the results
   * @return what came out
   */
  <T, R extends @Nullable Object> TaskReport<R> run(
      SubTaskPlan<T> plan, SubTask<? super T, ? extends R> task);

  /**
   * Finds the engine's runner.
   *
   * @return the runner
   * @throws IllegalStateException if the engine's jar is not on the class path
   */
  static SubTaskRunner installed() {
    return ServiceLoader.load(SubTaskRunner.class, SubTaskRunner.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("synchronik-ee-impl is not on the class path"));
  }
}
