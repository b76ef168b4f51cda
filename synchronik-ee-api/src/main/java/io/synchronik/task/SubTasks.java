package io.synchronik.task;

import io.synchronik.run.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A list of items that one worker works off by itself, without failing because one of them does.
 * Each method that sets something returns this object; not safe for use by several threads.
 *
 * @param <T> the items
 */
public final class SubTasks<T> {
  private final List<T> items;
  private Function<? super T, String> idOf = String::valueOf;
  private int maxRetries;
  private IntFunction<Duration> retryDelay = attempt -> Duration.ZERO;
  private int concurrency = 1;
  private Consumer<Progress> onProgress = progress -> {};

  private SubTasks(List<T> items) {
    this.items = items;
  }

  /**
   * Starts from items that one function processes.
   *
   * @param items read once, now
   * @param <T> the items
   * @return sub-tasks with ids by {@link String#valueOf(Object)}
   */
  public static <T> SubTasks<T> of(Iterable<? extends T> items) {
    List<T> copy = new ArrayList<>();
    items.forEach(copy::add);
    return new SubTasks<>(copy);
  }

  /**
   * Starts from named tasks, each with its own code; run them with {@link NamedTask#execute}.
   *
   * @param tasks the tasks
   * @param <R> the results
   * @return sub-tasks whose ids are the names
   */
  public static <R extends @Nullable Object> SubTasks<NamedTask<R>> named(
      List<NamedTask<R>> tasks) {
    return new SubTasks<>(List.copyOf(tasks)).idOf(NamedTask::name);
  }

  /**
   * A task with a name.
   *
   * @param name its id in the report
   * @param code what it does
   * @param <R> its result
   */
  public record NamedTask<R extends @Nullable Object>(String name, Callable<R> code) {
    /** Runs the code. */
    public R execute() throws Exception {
      return code.call();
    }
  }

  /** Sets how an item's id in the report is found. */
  public SubTasks<T> idOf(Function<? super T, String> function) {
    idOf = function;
    return this;
  }

  /**
   * Sets the attempts after the first for each item; default 0.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public SubTasks<T> maxRetries(int value) {
    maxRetries = atLeast("maxRetries", 0, value);
    return this;
  }

  /** Sets a fixed delay before each retry; default none, as is a negative one. */
  public SubTasks<T> retryDelay(Duration value) {
    return retryDelay(attempt -> value);
  }

  /** Sets the delay after a failed attempt, by that attempt's number from 1. */
  public SubTasks<T> retryDelay(IntFunction<Duration> afterAttempt) {
    retryDelay = afterAttempt;
    return this;
  }

  /**
   * Sets how many items are processed at a time; default 1, on the worker's own thread. More run on
   * threads of the engine, inside the application's context, without the worker's transaction.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public SubTasks<T> concurrency(int value) {
    concurrency = atLeast("concurrency", 1, value);
    return this;
  }

  /** Sets what is told after each item, its retries included; called by one thread at a time. */
  public SubTasks<T> onProgress(Consumer<Progress> listener) {
    onProgress = listener;
    return this;
  }

  /**
   * Processes all items and returns when the last one ended. Cancelling or timing out the worker
   * stops between items and interrupts those in progress; the thread's interrupt is kept.
   *
   * @param task what is done with one item
   * @param <R> the results
   * @return what came out; nothing that an item throws is thrown here
   */
  public <R extends @Nullable Object> TaskReport<R> run(SubTask<? super T, ? extends R> task) {
    return SubTaskRunner.installed()
        .run(new SubTaskPlan<>(items, idOf, maxRetries, retryDelay, concurrency, onProgress), task);
  }

  private static int atLeast(String name, int bound, int value) {
    if (value < bound) {
      throw new IllegalArgumentException(name + " must be at least " + bound + ", not " + value);
    }
    return value;
  }
}
