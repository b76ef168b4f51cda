package io.synchronik.process;

import io.synchronik.unit.UnitId;
import java.util.List;

/**
 * The workers of a process and what runs after what. Immutable.
 *
 * @param order the run mode with what belongs to it
 * @param failurePolicy what a failed worker means
 * @param workers in the order of the definition
 * @param edges what runs after what: the dependencies of a graph, else what follows from the run
 *     mode
 */
public record ProcessGraph(
    RunOrder order, FailurePolicy failurePolicy, List<UnitId> workers, List<Edge> edges) {
  public ProcessGraph {
    workers = List.copyOf(workers);
    edges = List.copyOf(edges);
  }

  /**
   * One worker runs after another.
   *
   * @param from the earlier one
   * @param to the later one
   * @param conditional whether the earlier one's result decides
   */
  public record Edge(UnitId from, UnitId to, boolean conditional) {}
}
