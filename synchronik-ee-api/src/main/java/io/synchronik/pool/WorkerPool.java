package io.synchronik.pool;

import io.synchronik.run.Page;
import io.synchronik.worker.Work;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A queue of tasks of which only so many run at once. A task is begun when the pool has a free
 * place: the one with the highest priority first, among equals the one that was added first. It is
 * then worked on by an ordinary run of its worker, with cause {@link io.synchronik.run.Cause#POOL},
 * by the worker's retries, timeout and transaction; the worker's overlap policy does not apply. The
 * task ends when that run ends, however it does. While the worker is paused or disabled, a task
 * that has got a place keeps it and waits.
 *
 * <p>A pool holds tasks of two kinds, in one order and with one limit for both. A task that names a
 * worker is <em>durable</em>: it survives restarts, and any node that knows the worker works on it.
 * A task given as code lives in the memory of the node that it was given to: only that node works
 * on it, and when that node stops for good or is lost the task ends in an error that says so. Its
 * view tells which kind it is.
 *
 * <p>Calls that change something take part in the caller's JTA transaction when there is one, and
 * hold the pool until that ends: no task of it begins or ends meanwhile. Without one each call is a
 * transaction of its own. All but {@link #findTask} throw {@link UnknownPoolException} when the
 * pool does not exist (its transaction was rolled back), those that change a task {@link
 * UnknownTaskException} when the pool has no such task. Safe for use by several threads.
 */
public interface WorkerPool {
  /** Returns the pool's name. */
  String name();

  /** Returns the pool as it is now. */
  PoolView view();

  // Tasks

  /**
   * Adds a task at its place in the order. It begins after the commit, at once when a place is free
   * and nothing holds it back.
   *
   * @param task what to do
   * @return the task's id: 1, 2, 3 … in each pool
   * @throws io.synchronik.run.WrongStateException if a task of that name is pending, paused or
   *     running, or the unit is no worker
   * @throws io.synchronik.run.UnknownUnitException if there is no such worker
   * @throws io.synchronik.run.InvalidConfigurationException if the name is wrong
   * @throws io.synchronik.run.InvalidPayloadException if the payload is too large or cannot be
   *     written
   */
  long addTask(PoolTask task);

  /**
   * Adds a durable task.
   *
   * @param name as in {@link PoolTask}
   * @param worker id of the worker
   * @param payload anything that JSON-B can write, may be null
   * @return the task's id
   */
  default long addTask(String name, String worker, @Nullable Object payload) {
    return addTask(PoolTask.of(name, worker).withPayload(payload));
  }

  /**
   * Adds a durable task.
   *
   * @param name as in {@link PoolTask}
   * @param worker a bean class that declares exactly one worker
   * @param payload anything that JSON-B can write, may be null
   * @return the task's id
   */
  default long addTask(String name, Class<?> worker, @Nullable Object payload) {
    return addTask(PoolTask.of(name, worker).withPayload(payload));
  }

  /**
   * Adds a task that lives in the memory of this node.
   *
   * @param name as in {@link PoolTask}
   * @param work the code
   * @return the task's id
   */
  default long addTask(String name, Work<?> work) {
    return addTask(PoolTask.of(name, work));
  }

  /** Returns a task, empty when there is none or retention has removed it. */
  Optional<PoolTaskView> findTask(long id);

  /**
   * Lists tasks, newest first. A page leaves out what may be long: payload and result have no
   * value, and a failure has the first 500 characters of its message and an empty stack trace.
   * {@link #findTask} returns all of one task.
   *
   * @param query which
   * @return a page of them
   */
  Page<PoolTaskView> findTasks(PoolTaskQuery query);

  /**
   * Pauses a pending task. It holds back all tasks behind it in the order; those that run go on.
   * Without effect when it is paused.
   *
   * @param id the task
   * @throws io.synchronik.run.WrongStateException if it runs or has ended
   */
  void pauseTask(long id);

  /**
   * Ends the pause of a task. Without effect when it is pending.
   *
   * @param id the task
   * @throws io.synchronik.run.WrongStateException if it runs or has ended
   */
  void resumeTask(long id);

  /**
   * Cancels a task that has not begun, paused or not. One that runs is cancelled by its run.
   *
   * @param id the task
   * @throws io.synchronik.run.WrongStateException if it runs or has ended
   */
  void cancelTask(long id);

  /**
   * Changes a task that has not begun, paused or not.
   *
   * @param id the task
   * @param change what to change
   * @throws io.synchronik.run.WrongStateException if it runs or has ended
   * @throws io.synchronik.run.InvalidPayloadException if the payload is too large or cannot be
   *     written; nothing is changed
   */
  void updateTask(long id, PoolTaskChange change);

  // The pool

  /**
   * Changes how many tasks may run at once. More begin at once; with fewer, those that run go on
   * and none begins before enough have ended.
   *
   * @param size 1 to 10,000
   * @throws io.synchronik.run.InvalidConfigurationException if the size is wrong; nothing is
   *     changed
   */
  void resize(int size);

  /** Returns what would begin, and in which order, if nobody changed anything. Begins nothing. */
  PoolSimulation simulateRun();
}
