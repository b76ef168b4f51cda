package io.synchronik.pool;

import io.synchronik.worker.Work;
import org.jspecify.annotations.Nullable;

/**
 * A task to add to a pool. Immutable; each {@code with} method returns a changed copy. What is
 * wrong with it is said when it is added.
 *
 * @param name 1 to 200 characters without control characters and unpaired surrogates; no other task
 *     of the pool that has not ended may have it
 * @param target what works on it
 * @param priority tasks with a higher one begin first; any number, 0 by default
 * @param payload given to the run; anything that JSON-B can write, may be null
 * @param requestedBy who asks, for the history; null for the caller's principal or {@code code}
 */
public record PoolTask(
    String name,
    Target target,
    int priority,
    @Nullable Object payload,
    @Nullable String requestedBy) {

  /** What works on a task. */
  public sealed interface Target {}

  /**
   * A worker. The task is durable.
   *
   * @param worker its id
   */
  public record ById(String worker) implements Target {}

  /**
   * The worker that a bean class declares. The task is durable.
   *
   * @param beanClass a class that declares exactly one worker, or that one was registered for
   */
  public record ByClass(Class<?> beanClass) implements Target {}

  /**
   * Code in memory. The task is not durable.
   *
   * @param work the code; run as one attempt, without retries and timeout
   */
  public record InMemory(Work<?> work) implements Target {}

  /** Describes a durable task by the id of its worker. */
  public static PoolTask of(String name, String worker) {
    return new PoolTask(name, new ById(worker), 0, null, null);
  }

  /** Describes a durable task by the bean class of its worker. */
  public static PoolTask of(String name, Class<?> worker) {
    return new PoolTask(name, new ByClass(worker), 0, null, null);
  }

  /** Describes a task that lives in the memory of the node that it is given to. */
  public static PoolTask of(String name, Work<?> work) {
    return new PoolTask(name, new InMemory(work), 0, null, null);
  }

  /** Returns a copy with another priority. */
  public PoolTask withPriority(int value) {
    return new PoolTask(name, target, value, payload, requestedBy);
  }

  /** Returns a copy with a payload. */
  public PoolTask withPayload(@Nullable Object value) {
    return new PoolTask(name, target, priority, value, requestedBy);
  }

  /** Returns a copy that names who asks. */
  public PoolTask by(String who) {
    return new PoolTask(name, target, priority, payload, who);
  }
}
