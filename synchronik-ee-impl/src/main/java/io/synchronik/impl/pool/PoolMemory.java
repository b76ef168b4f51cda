package io.synchronik.impl.pool;

import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.pool.PoolQueue;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.run.WrongStateException;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.WorkerDefinition;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The code of those tasks of pools that live in the memory of this node. One worker of an id that
 * no other node has runs it, so that such tasks are claimed here alone, and end like all code in
 * memory when nobody knows it any more.
 */
public final class PoolMemory implements Work<@Nullable Object> {
  /** Where the code of such a worker stands, as the table of units has it. */
  public static final String IMPLEMENTATION =
      RegisteredWorker.CODE_IN_MEMORY + " of " + PoolMemory.class.getName();

  private final Core core;
  private final String unit = "pool:" + UUID.randomUUID();
  private final PoolQueue queue = new PoolQueue();
  private final Map<PoolQueue.Key, Work<?>> code = new ConcurrentHashMap<>();

  /** Tasks that have been added for certain; another may still be rolled back, or come true. */
  private final Set<PoolQueue.Key> committed = ConcurrentHashMap.newKeySet();

  public PoolMemory(Core core) {
    this.core = core;
  }

  /** Returns the id of the worker. */
  String unit() {
    return unit;
  }

  WorkerDefinition definition() {
    return WorkerDefinition.of(unit, this)
        .withName("Pool tasks in the memory of " + core.settings().identity().node())
        .with(config -> config.overlap(Overlap.ALLOW));
  }

  /** Keeps the code of a task that a transaction adds. */
  void keep(Tx tx, PoolQueue.Key task, Work<?> work) {
    code.put(task, work);
    tx.afterCommit(() -> committed.add(task));
    tx.afterRollback(() -> code.remove(task));
  }

  /** Forgets the code of tasks that have ended, or never were. */
  public void forgetEnded() {
    if (committed.isEmpty()) {
      return;
    }
    Set<PoolQueue.Key> known = Set.copyOf(committed);
    Set<PoolQueue.Key> active = core.transactions().own(tx -> queue.activeOf(tx.session(), unit));
    for (PoolQueue.Key task : known) {
      if (!active.contains(task)) {
        committed.remove(task);
        code.remove(task);
      }
    }
  }

  @Override
  @SuppressWarnings("NullAway") // work may return null, which the checker does not see in Work<?>
  public @Nullable Object run(RunContext run) throws Exception {
    String id = run.run().value();
    Work<?> work =
        core.transactions()
            .own(tx -> queue.byRun(tx.session(), id))
            .map(code::get)
            .orElseThrow(() -> new WrongStateException(Message.TASK_CODE_GONE.with(id)));
    return work.run(run);
  }
}
