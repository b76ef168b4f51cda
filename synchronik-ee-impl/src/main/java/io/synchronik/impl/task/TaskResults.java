package io.synchronik.impl.task;

import io.synchronik.run.Progress;
import io.synchronik.task.TaskReport;
import io.synchronik.task.TaskReport.Failed;
import io.synchronik.task.TaskReport.Success;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of each item so far, by its index; tells the progress, one thread at a time. */
final class TaskResults<R extends @Nullable Object> {
  private static final Logger LOG = LoggerFactory.getLogger(TaskResults.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final SortedMap<Integer, Success<R>> successful = new TreeMap<>();
  private final SortedMap<Integer, Failed> failed = new TreeMap<>();
  private final int total;
  private final Consumer<Progress> onProgress;

  TaskResults(int total, Consumer<Progress> onProgress) {
    this.total = total;
    this.onProgress = onProgress;
  }

  void add(int index, Success<R> success) {
    ended(() -> successful.put(index, success));
  }

  void add(int index, Failed failure) {
    ended(() -> failed.put(index, failure));
  }

  private void ended(Runnable record) {
    lock.lock();
    try {
      record.run();
      onProgress.accept(new Progress(successful.size() + failed.size(), total));
    } catch (Throwable e) {
      LOG.warn("The progress listener of sub-tasks failed; they go on: {}", SubTaskRun.textOf(e));
    } finally {
      lock.unlock();
    }
  }

  TaskReport<R> report(IntFunction<String> idOf) {
    lock.lock();
    try {
      List<String> notTried =
          IntStream.range(0, total)
              .filter(index -> !successful.containsKey(index) && !failed.containsKey(index))
              .mapToObj(idOf)
              .toList();
      return new TaskReport<>(
          total, List.copyOf(successful.values()), List.copyOf(failed.values()), notTried);
    } finally {
      lock.unlock();
    }
  }
}
