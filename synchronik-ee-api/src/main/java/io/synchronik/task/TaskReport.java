package io.synchronik.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a list of sub-tasks. Immutable; JSON-B can write it.
 *
 * @param total number of items
 * @param successful in the order of the items
 * @param failed in the order of the items
 * @param notTried ids of the items that were not finished because the worker was cancelled or timed
 *     out, in the order of the items
 * @param <R> the results
 */
public record TaskReport<R extends @Nullable Object>(
    int total, List<Success<R>> successful, List<Failed> failed, List<String> notTried) {
  public TaskReport {
    successful = List.copyOf(successful);
    failed = List.copyOf(failed);
    notTried = List.copyOf(notTried);
  }

  /**
   * An item that succeeded.
   *
   * @param id the item's id
   * @param result what the function returned
   * @param <R> the results
   */
  public record Success<R extends @Nullable Object>(String id, R result) {}

  /**
   * An item that failed with its last attempt.
   *
   * @param id the item's id
   * @param error message of the last exception, or its class when it has none
   * @param attempts how many were made
   */
  public record Failed(String id, String error, int attempts) {
    /** Returns id, error and attempts in one line. */
    @Override
    public String toString() {
      return id + ": " + error + ", " + attempts + (attempts == 1 ? " attempt" : " attempts");
    }
  }

  /** Returns 100 × successful / total; 100 when there were none. */
  public double successPercentage() {
    return total == 0 ? 100.0 : 100.0 * successful.size() / total;
  }
}
