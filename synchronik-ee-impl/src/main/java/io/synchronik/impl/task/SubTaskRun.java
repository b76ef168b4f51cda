package io.synchronik.impl.task;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.synchronik.task.SubTask;
import io.synchronik.task.SubTaskPlan;
import io.synchronik.task.TaskReport;
import io.synchronik.task.TaskReport.Failed;
import io.synchronik.task.TaskReport.Success;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One list of items being worked off. With a concurrency of 1 the calling thread does the work,
 * else helpers do it while it waits. A caller that is a helper itself works along, so that nested
 * sub-tasks come to an end even when no further thread is free.
 *
 * <p>What an item throws after the run was told to stop says nothing about the item, so the item
 * counts as not tried.
 */
final class SubTaskRun<T, R extends @Nullable Object> {
  private static final Logger LOG = LoggerFactory.getLogger(SubTaskRun.class);

  private static final int MOST_TEXT = 2000;

  private final Thread caller = Thread.currentThread();
  private final SubTaskPlan<T> plan;
  private final SubTask<? super T, ? extends R> task;
  private final AttemptThreads attempt;
  private final ItemCrew crew;
  private final TaskResults<R> results;

  SubTaskRun(SubTaskPlan<T> plan, SubTask<? super T, ? extends R> task, AttemptThreads attempt) {
    this.plan = plan;
    this.task = task;
    this.attempt = attempt;
    this.crew = new ItemCrew(plan.items().size());
    this.results = new TaskResults<>(plan.items().size(), plan.onProgress());
  }

  TaskReport<R> run() {
    boolean worksAlong = plan.concurrency() <= 1 || CurrentAttempt.onHelper();
    if (goesOn()) {
      int threads = Math.min(plan.concurrency(), plan.items().size());
      callHelpers(worksAlong ? threads - 1 : threads, worksAlong);
      if (worksAlong) {
        work();
      }
    }
    crew.await();
    return results.report(this::idOf);
  }

  private void callHelpers(int wanted, boolean optional) {
    for (int called = 0; called < wanted; called++) {
      try {
        attempt.executor().execute(this::help);
      } catch (RuntimeException | Error e) {
        if (called == 0 && !optional) {
          throw e;
        }
        LOG.warn("Sub-tasks go on with {} of {} more threads", called, wanted, e);
        return;
      }
    }
  }

  private void help() {
    if (Thread.currentThread() == caller) {
      work();
      return;
    }
    CurrentAttempt.enterAsHelper(attempt);
    crew.join();
    try {
      work();
    } finally {
      crew.leave();
      CurrentAttempt.leave();
    }
  }

  private void work() {
    while (goesOn()) {
      int index = crew.take();
      if (index < 0) {
        return;
      }
      process(index);
    }
  }

  private void process(int index) {
    String id = idOf(index);
    for (int number = 1; ; number++) {
      try {
        results.add(index, new Success<>(id, execute(plan.items().get(index))));
        return;
      } catch (Throwable e) {
        if (e instanceof InterruptedException && Thread.currentThread() == caller) {
          caller.interrupt();
        }
        if (!goesOn()) {
          return;
        }
        if (number > plan.maxRetries()) {
          results.add(index, new Failed(id, textOf(e), number));
          return;
        }
      }
      if (!pauseAfter(number)) {
        return;
      }
    }
  }

  /** The caller's own thread is the worker's: it is for the end of the attempt to look after. */
  private R execute(T item) throws Throwable {
    return Thread.currentThread() == caller
        ? task.execute(item)
        : attempt.call(() -> task.execute(item));
  }

  private boolean pauseAfter(int number) {
    try {
      NANOSECONDS.sleep(NANOSECONDS.convert(plan.retryDelay().apply(number)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      crew.stop();
    } catch (Throwable e) {
      LOG.warn("The delay after attempt {} of a sub-task is none: {}", number, textOf(e));
    }
    return goesOn();
  }

  private boolean goesOn() {
    if (attempt.cancelled()) {
      crew.stop();
    }
    return crew.goesOn();
  }

  private String idOf(int index) {
    try {
      return String.valueOf(plan.idOf().apply(plan.items().get(index)));
    } catch (Throwable e) {
      LOG.warn("The place of sub-task {} stands for its id: {}", index, textOf(e));
      return "#" + (index + 1);
    }
  }

  static String textOf(Throwable thrown) {
    String type = thrown.getClass().getName();
    try {
      String message = thrown.getMessage();
      if (message == null || message.isBlank()) {
        return type;
      }
      return message.length() <= MOST_TEXT ? message : message.substring(0, MOST_TEXT);
    } catch (Throwable e) {
      // Describing a failure never fails
      return type;
    }
  }
}
