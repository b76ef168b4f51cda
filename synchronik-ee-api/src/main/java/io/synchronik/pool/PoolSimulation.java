package io.synchronik.pool;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What would begin in a pool. A paused task and all behind it are left out. Immutable.
 *
 * @param tasks in the order in which they would begin
 */
public record PoolSimulation(List<Planned> tasks) {
  public PoolSimulation {
    tasks = List.copyOf(tasks);
  }

  /**
   * A task that would begin.
   *
   * @param id its id
   * @param name its name
   * @param atOnce whether there is a place for it now; otherwise it waits for the end of others
   */
  public record Planned(long id, String name, boolean atOnce) {}

  /**
   * Returns all of it in one line: {@code Execution sequence: 1. a, 2. b}, or {@code No tasks
   * pending for execution.}
   */
  public String text() {
    return tasks.isEmpty()
        ? "No tasks pending for execution."
        : IntStream.range(0, tasks.size())
            .mapToObj(i -> (i + 1) + ". " + tasks.get(i).name())
            .collect(Collectors.joining(", ", "Execution sequence: ", ""));
  }

  /** Returns {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }
}
