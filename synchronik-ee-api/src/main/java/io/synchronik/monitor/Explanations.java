package io.synchronik.monitor;

import io.synchronik.item.UnknownItemException;
import io.synchronik.pool.UnknownTaskException;
import io.synchronik.run.ItemId;
import io.synchronik.run.UnknownRunException;
import io.synchronik.run.UnknownUnitException;
import java.time.Instant;

/**
 * Tells why something runs, waits or does not run: by the rules of the engine itself, on what the
 * database has. Safe for use by several threads. Each call reads in the caller's transaction when
 * there is one, and changes nothing. What another transaction holds at the moment is told as it was
 * before that.
 */
public interface Explanations {
  /**
   * Tells whether a unit would run now, and what stands against it.
   *
   * @param unit its id
   * @throws UnknownUnitException if there is none
   */
  Why unit(String unit);

  /**
   * Tells what became of a due time of a unit, or will: whether it was due then, was fired, was let
   * in, and how its run ended. What is no longer kept is unknown.
   *
   * @param unit its id
   * @param due the time, without jitter
   * @throws UnknownUnitException if there is none
   */
  Why unit(String unit, Instant due);

  /**
   * Tells what a run waits for, or how it ended.
   *
   * @param run its id
   * @throws UnknownRunException if there is none
   */
  Why run(String run);

  /**
   * Tells what a step of a process's run waits for, or why it was skipped.
   *
   * @param run id of the run of the process
   * @param worker the step
   * @throws UnknownRunException if there is no such run, or it has no such step
   */
  Why step(String run, String worker);

  /**
   * Tells what an item waits for, or how it ended.
   *
   * @throws UnknownItemException if there is none
   */
  Why item(ItemId item);

  /**
   * Tells what a task of a pool waits for, or how it ended.
   *
   * @param pool name of the pool
   * @param task number of the task
   * @throws UnknownTaskException if there is none
   */
  Why task(String pool, long task);
}
