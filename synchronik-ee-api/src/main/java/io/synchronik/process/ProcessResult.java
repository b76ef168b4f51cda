package io.synchronik.process;

import io.synchronik.unit.UnitId;
import java.util.List;
import java.util.Optional;

/**
 * What a run of a process came to. Immutable.
 *
 * @param verdicts one of each worker, in the order of the definition
 */
public record ProcessResult(List<WorkerVerdict> verdicts) {
  public ProcessResult {
    verdicts = List.copyOf(verdicts);
  }

  /**
   * Returns what became of a worker.
   *
   * @param worker its id
   * @return its verdict; empty when it is not part of the process
   */
  public Optional<WorkerVerdict> of(UnitId worker) {
    return verdicts.stream().filter(verdict -> verdict.worker().equals(worker)).findFirst();
  }

  /** Returns the workers with a verdict, in the order of the definition. */
  public List<WorkerVerdict> with(Verdict verdict) {
    return verdicts.stream().filter(one -> one.verdict() == verdict).toList();
  }
}
