package io.synchronik.pool;

import io.synchronik.run.Failure;
import io.synchronik.run.Payload;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task at one moment, as the database has it. Immutable.
 *
 * @param pool name of its pool
 * @param id its id in the pool, from 1
 * @param name its name
 * @param state its state
 * @param given what was asked for
 * @param times when what happened
 * @param outcome what came out
 */
public record PoolTaskView(
    String pool,
    long id,
    String name,
    PoolTaskState state,
    Given given,
    Times times,
    Outcome outcome) {

  /**
   * What was asked for.
   *
   * @param worker the worker; null for code in memory
   * @param durable whether the task survives restarts; false for code in memory, which ends with
   *     its node
   * @param priority tasks with a higher one begin first
   * @param requestedBy who asked
   * @param payload what its run is given
   */
  public record Given(
      @Nullable UnitId worker,
      boolean durable,
      int priority,
      @Nullable String requestedBy,
      Payload payload) {}

  /**
   * Database times.
   *
   * @param addedAt when it was added
   * @param startedAt when it got a place, null before
   * @param endedAt when it ended, null before
   */
  public record Times(Instant addedAt, @Nullable Instant startedAt, @Nullable Instant endedAt) {}

  /**
   * What came out. It is kept as long as the task, also when retention removes the run.
   *
   * @param run the run that works or worked on it, null before
   * @param result what the work returned
   * @param failure why it ended in an error, null otherwise
   * @param reason who cancelled it, null otherwise
   */
  public record Outcome(
      @Nullable RunId run, Payload result, @Nullable Failure failure, @Nullable String reason) {}
}
