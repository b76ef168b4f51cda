package io.synchronik.impl.net.plan;

import io.synchronik.process.FailurePolicy;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import java.util.List;

/**
 * What a process asks for, with the ids of its workers.
 *
 * @param order the run mode and what belongs to it
 * @param policy what a failed worker means
 * @param workers ids, in the order of the definition
 * @param links edges of the dependency graph; none unless the mode is {@link RunMode#GRAPH}
 */
public record NetPlan(
    RunOrder order, FailurePolicy policy, List<String> workers, List<Link> links) {
  public NetPlan {
    workers = List.copyOf(workers);
    links = List.copyOf(links);
  }

  /**
   * One dependency.
   *
   * @param parent what has to succeed
   * @param worker what runs then
   * @param conditional whether the parent's result decides as well
   */
  public record Link(String parent, String worker, boolean conditional) {}
}
