package io.synchronik.run;

import io.synchronik.unit.UnitId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run at one moment, as the database has it. Immutable.
 *
 * <p>One that comes from a page has no payload, no result and no stack trace, and only the first
 * 500 characters of the failure's message.
 *
 * @param id its id
 * @param unit the unit that runs
 * @param state its state
 * @param origin why it exists
 * @param times when what happened
 * @param execution who runs it and what came out
 */
public record RunView(
    RunId id, UnitId unit, RunState state, Origin origin, Times times, Execution execution) {

  /**
   * Why the run exists.
   *
   * @param cause schedule, manual, process, retry or pool
   * @param parent the run of the process that it is part of; null when it is part of none
   * @param requestedBy the person or code that asked for it, null for schedules
   * @param payload what the run was given; without a value in a page
   */
  public record Origin(
      Cause cause, @Nullable RunId parent, @Nullable String requestedBy, Payload payload) {}

  /**
   * Database times.
   *
   * @param scheduledAt when the schedule was due, null for other causes
   * @param submittedAt when the run was inserted
   * @param dueAt when the next attempt is due, null unless it waits
   * @param startedAt start of the first attempt, null before
   * @param endedAt when it became final, null before
   */
  public record Times(
      @Nullable Instant scheduledAt,
      Instant submittedAt,
      @Nullable Instant dueAt,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {}

  /**
   * The execution.
   *
   * @param attempt number of the current or last attempt, from 1; 0 before the first
   * @param node name of the node that executes or executed it, null before
   * @param progress the latest progress announced, null when none was
   * @param result what the work returned; without a value in a page
   * @param failure of the latest failed attempt, null when none failed; shortened in a page
   * @param reason why it was skipped or cancelled, null otherwise
   */
  public record Execution(
      int attempt,
      @Nullable String node,
      @Nullable Progress progress,
      Payload result,
      @Nullable Failure failure,
      @Nullable String reason) {}
}
