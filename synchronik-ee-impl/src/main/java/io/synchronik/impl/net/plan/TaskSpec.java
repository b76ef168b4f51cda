package io.synchronik.impl.net.plan;

import java.time.Duration;

/**
 * A task of a net.
 *
 * @param id unique in the net; without blanks
 * @param join when it is enabled
 * @param split what it marks at its end
 * @param delay before it becomes ready, not negative
 * @param route whether nothing runs: it takes and marks tokens within the step, once in a run, and
 *     has no verdict
 */
public record TaskSpec(String id, Join join, Split split, Duration delay, boolean route) {
  public TaskSpec {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay of " + id + " is negative: " + delay);
    }
    if (id.isEmpty() || id.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("'" + id + "' is no id of a task");
    }
  }

  /** Returns a task that runs at once when all its inputs are marked, and marks all outputs. */
  public static TaskSpec of(String id) {
    return new TaskSpec(id, Join.AND, Split.AND, Duration.ZERO, false);
  }

  /** Returns a task that only passes tokens on. */
  public static TaskSpec route(String id) {
    return new TaskSpec(id, Join.AND, Split.AND, Duration.ZERO, true);
  }

  /** Returns a copy with another delay. */
  public TaskSpec withDelay(Duration value) {
    return new TaskSpec(id, join, split, value, route);
  }

  /** Returns a copy with another join. */
  public TaskSpec withJoin(Join value) {
    return new TaskSpec(id, value, split, delay, route);
  }

  /** Returns a copy with another split. */
  public TaskSpec withSplit(Split value) {
    return new TaskSpec(id, join, value, delay, route);
  }
}
