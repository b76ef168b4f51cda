package io.synchronik.impl.net.plan;

import io.synchronik.process.RunMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Makes nets of processes, in time linear in their size. */
public final class NetCompiler {
  private NetCompiler() {}

  /**
   * Finds everything that is wrong with a plan.
   *
   * @param plan the plan
   * @param known whether a worker with an id exists, in the process or not
   * @return the errors; empty when the plan can be compiled
   */
  public static List<NetError> check(NetPlan plan, Predicate<String> known) {
    return NetErrors.of(plan, known);
  }

  /**
   * Compiles a plan without errors. The first tasks are the workers, in the order of the plan; the
   * number of an edge of a graph is the position of its link in the plan.
   *
   * @param plan the plan
   * @return the net
   */
  public static Net compile(NetPlan plan) {
    NetBuilder net = new NetBuilder(plan.policy());
    boolean isolated = plan.order().mode() == RunMode.ISOLATED;
    for (int i = 0; i < plan.workers().size(); i++) {
      Duration delay = isolated && i > 0 ? plan.order().isolationDelay() : Duration.ZERO;
      net.task(TaskSpec.of(plan.workers().get(i)).withDelay(delay));
    }
    switch (plan.order().mode()) {
      case SEQUENTIAL, ISOLATED -> chain(net, plan.workers().size());
      case BATCHED -> batches(net, plan.workers().size(), plan.order().batchSize());
      case GRAPH -> graph(net, plan);
      case PARALLEL -> {}
    }
    return net.build();
  }

  private static void chain(NetBuilder net, int workers) {
    for (int i = 1; i < workers; i++) {
      net.edge(i - 1, i, EdgeKind.ORDER);
    }
  }

  private static void batches(NetBuilder net, int workers, int size) {
    // '#' is no letter of a unit's id.
    for (int first = size, group = 1; first < workers; first += size, group++) {
      int barrier = net.task(TaskSpec.route("#" + group));
      for (int i = first - size; i < first; i++) {
        net.edge(i, barrier, EdgeKind.ORDER);
      }
      for (int i = first; i < Math.min(first + size, workers); i++) {
        net.edge(barrier, i, EdgeKind.ORDER);
      }
    }
  }

  private static void graph(NetBuilder net, NetPlan plan) {
    Map<String, Integer> numbers = new HashMap<>();
    plan.workers().forEach(worker -> numbers.put(worker, numbers.size()));
    for (NetPlan.Link link : plan.links()) {
      Integer parent = numbers.get(link.parent());
      Integer worker = numbers.get(link.worker());
      if (parent == null || worker == null) {
        throw new IllegalArgumentException("not checked: " + link);
      }
      net.edge(parent, worker, link.conditional() ? EdgeKind.CONDITIONAL : EdgeKind.DEPENDENCY);
    }
  }
}
