package io.synchronik.process;

import java.util.List;

/**
 * One worker of a process.
 *
 * @param worker the worker
 * @param after what it depends on; it runs when all of these allow it. Empty for none
 */
public record ProcessStep(WorkerRef worker, List<Dependency> after) {
  public ProcessStep {
    after = List.copyOf(after);
  }
}
