package io.synchronik.process;

import io.synchronik.run.Failure;
import io.synchronik.run.RunId;
import io.synchronik.run.RunView;
import io.synchronik.unit.UnitId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run of a process at one moment, as the database has it. Immutable.
 *
 * @param run the run
 * @param graph the definition that the run began with
 * @param workers where each worker stands, in the order of the definition
 */
public record ProcessRunView(RunView run, ProcessGraph graph, List<WorkerRun> workers) {
  public ProcessRunView {
    workers = List.copyOf(workers);
  }

  /**
   * Where a worker stands.
   *
   * @param worker the worker
   * @param state where it stands
   * @param reason why it is skipped or cancelled; null otherwise
   * @param run its run; null when it has none
   * @param execution what its run came to so far
   */
  public record WorkerRun(
      UnitId worker,
      WorkerState state,
      @Nullable String reason,
      @Nullable RunId run,
      Execution execution) {
    /** Returns the verdict; empty while there is none. */
    public Optional<WorkerVerdict> verdict() {
      return switch (state) {
        case PENDING, DELAYED, READY, RUNNING -> Optional.empty();
        case COMPLETED -> Optional.of(verdict(Verdict.COMPLETED));
        case FAILED -> Optional.of(verdict(Verdict.FAILED));
        case SKIPPED -> Optional.of(verdict(Verdict.SKIPPED));
        case CANCELED -> Optional.of(verdict(Verdict.CANCELED));
      };
    }

    private WorkerVerdict verdict(Verdict verdict) {
      Failure failure = verdict == Verdict.FAILED ? execution.failure : null;
      return new WorkerVerdict(
          worker, verdict, reason, execution.duration(), execution.attempts, failure);
    }
  }

  /**
   * What a worker's run came to so far.
   *
   * @param startedAt start of its first attempt, null before
   * @param endedAt its end, null before
   * @param attempts how many were begun
   * @param failure of the latest failed attempt, null when none failed
   */
  public record Execution(
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      int attempts,
      @Nullable Failure failure) {
    /** Of a worker that never started. */
    public static final Execution NONE = new Execution(null, null, 0, null);

    /** Returns the time between start and end; zero unless it has both. */
    public Duration duration() {
      return startedAt == null || endedAt == null
          ? Duration.ZERO
          : Duration.between(startedAt, endedAt);
    }
  }

  /** Returns the verdicts so far; each worker has one when the run is final. */
  public ProcessResult result() {
    return new ProcessResult(
        workers.stream().map(WorkerRun::verdict).flatMap(Optional::stream).toList());
  }
}
