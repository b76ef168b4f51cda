package io.synchronik.pool;

import java.util.List;
import java.util.Optional;

/** The pools of the application. Safe for use by several threads. */
public interface WorkerPools {
  /**
   * Returns a pool, and creates it when there is none of this name. A size other than the code gave
   * before is taken over; the same one leaves what {@link WorkerPool#resize} has set since. The
   * pool exists for all nodes, and survives restarts with its tasks.
   *
   * @param name 1 to 128 of letters, digits, {@code .}, {@code _}, {@code -}, {@code :}
   * @param size how many tasks may run at once in all of the cluster, 1 to 10,000
   * @return the pool
   * @throws io.synchronik.run.InvalidConfigurationException if the name or the size is wrong;
   *     nothing is changed
   */
  WorkerPool useWorkerPool(String name, int size);

  /** Returns a pool, empty when no pool has the name. */
  Optional<WorkerPool> findWorkerPool(String name);

  /** Returns all pools as they are now, ordered by name. */
  List<PoolView> listWorkerPools();
}
