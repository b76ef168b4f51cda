package io.synchronik.impl.flow;

import io.synchronik.impl.net.plan.NetPlan;
import io.synchronik.process.ProcessGraph;
import io.synchronik.unit.UnitId;
import java.util.ArrayList;
import java.util.List;

/** Plans as they are shown. */
final class Graphs {
  private Graphs() {}

  static ProcessGraph of(NetPlan plan) {
    return new ProcessGraph(
        plan.order(),
        plan.policy(),
        plan.workers().stream().map(UnitId::new).toList(),
        edges(plan));
  }

  private static List<ProcessGraph.Edge> edges(NetPlan plan) {
    List<String> workers = plan.workers();
    return switch (plan.order().mode()) {
      case PARALLEL -> List.of();
      case SEQUENTIAL, ISOLATED -> groups(workers, 1);
      case BATCHED -> groups(workers, plan.order().batchSize());
      case GRAPH ->
          plan.links().stream()
              .map(link -> edge(link.parent(), link.worker(), link.conditional()))
              .toList();
    };
  }

  /** Each of a group runs after all of the one before. */
  private static List<ProcessGraph.Edge> groups(List<String> workers, int size) {
    List<ProcessGraph.Edge> edges = new ArrayList<>();
    for (int i = size; i < workers.size(); i++) {
      int before = (i / size - 1) * size;
      for (int j = before; j < before + size; j++) {
        edges.add(edge(workers.get(j), workers.get(i), false));
      }
    }
    return edges;
  }

  private static ProcessGraph.Edge edge(String from, String to, boolean conditional) {
    return new ProcessGraph.Edge(new UnitId(from), new UnitId(to), conditional);
  }
}
