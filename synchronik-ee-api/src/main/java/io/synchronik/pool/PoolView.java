package io.synchronik.pool;

import java.time.Instant;

/**
 * A pool at one moment, as the database has it. Immutable.
 *
 * @param name its name
 * @param size how many tasks may run at once in all of the cluster
 * @param tasks how many it has
 * @param createdAt when it was created, database time
 */
public record PoolView(String name, int size, Tasks tasks, Instant createdAt) {

  /**
   * Numbers of tasks by state. Retention takes old ones that have ended out of them.
   *
   * @param pending wait for a place
   * @param paused are held back
   * @param running have a place
   * @param completed have completed
   * @param error ended in an error
   * @param canceled were cancelled
   */
  public record Tasks(
      long pending, long paused, long running, long completed, long error, long canceled) {}
}
