package io.synchronik.impl.flow;

import io.synchronik.impl.net.TaskRow;
import io.synchronik.impl.store.flow.PartStore;
import io.synchronik.process.ProcessRunView;
import io.synchronik.process.WorkerState;
import io.synchronik.run.RunId;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the workers of a run of a process stand, of the rows that tell. */
final class WorkerRuns {
  private WorkerRuns() {}

  /**
   * Returns one of each worker.
   *
   * @param workers their ids, in the order of the definition
   * @param tasks the latest row of a task; null when it was never touched
   * @param parts all parts of the run
   */
  static List<ProcessRunView.WorkerRun> of(
      List<String> workers, Function<String, @Nullable TaskRow> tasks, List<PartStore.Came> parts) {
    Map<String, PartStore.Came> latest = new HashMap<>();
    for (PartStore.Came part : parts) {
      latest.merge(
          part.part().task(),
          part,
          (one, other) -> one.part().generation() > other.part().generation() ? one : other);
    }
    return workers.stream()
        .map(worker -> of(worker, tasks.apply(worker), latest.get(worker)))
        .toList();
  }

  private static ProcessRunView.WorkerRun of(
      String worker, @Nullable TaskRow task, PartStore.@Nullable Came part) {
    return new ProcessRunView.WorkerRun(
        new UnitId(worker),
        state(task, part),
        task == null ? null : task.reason(),
        part == null ? null : new RunId(part.id()),
        part == null
            ? ProcessRunView.Execution.NONE
            : new ProcessRunView.Execution(
                part.times().startedAt(), part.times().endedAt(), part.attempts(), part.failure()));
  }

  private static WorkerState state(@Nullable TaskRow task, PartStore.@Nullable Came part) {
    if (task == null) {
      return WorkerState.PENDING;
    }
    return switch (task.state()) {
      case DISABLED -> WorkerState.PENDING;
      case WAITING -> WorkerState.DELAYED;
      case ENABLED, STARTED -> part == null ? WorkerState.READY : state(part.state());
      case COMPLETED -> WorkerState.COMPLETED;
      case FAILED -> WorkerState.FAILED;
      case SKIPPED -> WorkerState.SKIPPED;
      case CANCELED -> WorkerState.CANCELED;
    };
  }

  /** The decision may still be to come. */
  private static WorkerState state(RunState part) {
    return switch (part) {
      case SUBMITTED, READY, WAITING -> WorkerState.READY;
      case RUNNING -> WorkerState.RUNNING;
      case COMPLETED -> WorkerState.COMPLETED;
      case FAILED -> WorkerState.FAILED;
      case CANCELED, SKIPPED -> WorkerState.CANCELED;
    };
  }
}
