package io.synchronik.worker;

import io.synchronik.run.Cause;
import io.synchronik.run.Progress;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt of a run is about. Valid during the attempt; safe for use by several threads.
 */
public interface RunContext {
  /**
   * Returns the run's id: the same for all its attempts, a key for effects outside the database.
   */
  RunId run();

  /** Returns the unit that runs. */
  UnitId unit();

  /** Returns the number of this attempt, from 1. */
  int attempt();

  /** Returns why the run exists. */
  Cause cause();

  /** Returns the time that the schedule gave; empty for other causes. */
  Optional<Instant> scheduledAt();

  /** Returns when this unit last completed a run before this one; empty when it never did. */
  Optional<Instant> lastCompleted();

  /**
   * Reads what the run was given.
   *
   * @param type any type that JSON-B can read
   * @param <T> that type
   * @return the value; null when the run was given none
   * @throws io.synchronik.run.InvalidPayloadException if it does not fit the type
   */
  <T> @Nullable T payload(Class<T> type);

  /** Returns the run of the process that this run is part of; empty when it is part of none. */
  Optional<RunId> process();

  /**
   * Reads what another worker of the same run of a process returned.
   *
   * @param worker id of a worker that has completed in this run of the process
   * @param type any type that JSON-B can read
   * @param <T> that type
   * @return the value; null when it returned nothing, has not completed, or this run is part of no
   *     process
   * @throws io.synchronik.run.InvalidPayloadException if it does not fit the type
   */
  <T> @Nullable T result(String worker, Class<T> type);

  /**
   * Returns whether the run was cancelled, its time is over, or this node stops. The thread is
   * interrupted as well; work that does not block should ask.
   */
  boolean cancelled();

  /**
   * Tells how far the work has come. Kept in memory and written about once a second.
   *
   * @param progress replaces what was told before
   */
  void progress(Progress progress);

  /**
   * Tells how much was done when the total is not known.
   *
   * @param completed pieces done, not negative
   */
  default void progress(long completed) {
    progress(new Progress(completed, 0));
  }

  /**
   * Says something that is kept with the attempt, for people. Written in a transaction of its own,
   * about once a second and when the attempt has ended, so that it is there also when the work is
   * rolled back. Nothing happens unless {@code synchronik.unit."<id>".log} is set, and after the
   * attempt. What is kept is bounded, see {@link io.synchronik.monitor.Monitoring#output}.
   *
   * @param text of one line or several; cut at 4,000 characters
   */
  void log(String text);

  /**
   * Announces a milestone of this run. Inside a transaction it is announced when that commits;
   * otherwise at once.
   *
   * @param id 1 to 200 characters
   * @param payload anything that JSON-B can write, may be null; at most 64 KiB as JSON by default
   * @throws io.synchronik.run.InvalidPayloadException if the payload is too large or cannot be
   *     written
   */
  void milestone(String id, @Nullable Object payload);
}
