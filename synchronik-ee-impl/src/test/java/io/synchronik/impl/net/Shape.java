package io.synchronik.impl.net;

import io.synchronik.impl.net.plan.Join;
import io.synchronik.impl.net.plan.Net;
import io.synchronik.impl.net.plan.NetBuilder;
import io.synchronik.impl.net.plan.NetCompiler;
import io.synchronik.impl.net.plan.NetPlan;
import io.synchronik.impl.net.plan.Split;
import io.synchronik.impl.net.plan.TaskSpec;
import io.synchronik.process.FailurePolicy;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A random net: a process of any run mode, or a flow.
 *
 * @param kind which of them
 * @param tasks how many tasks
 * @param policy what a failure means; flows stop
 * @param arcs any numbers; each makes an edge of a graph or a flow
 */
record Shape(Kind kind, int tasks, FailurePolicy policy, List<Integer> arcs) {
  enum Kind {
    SEQUENTIAL,
    PARALLEL,
    BATCHED,
    ISOLATED,
    GRAPH,
    FLOW
  }

  Net net() {
    return kind == Kind.FLOW ? flow() : NetCompiler.compile(plan());
  }

  private NetPlan plan() {
    List<String> workers = IntStream.range(0, tasks).mapToObj(i -> "w" + i).toList();
    Set<List<String>> seen = new HashSet<>();
    List<NetPlan.Link> links = new ArrayList<>();
    for (int arc : kind == Kind.GRAPH ? arcs : List.<Integer>of()) {
      int child = arc % tasks;
      int parent = arc / tasks % Math.max(1, child);
      if (child > 0 && seen.add(List.of("w" + parent, "w" + child))) {
        links.add(new NetPlan.Link("w" + parent, "w" + child, arc % 3 == 0));
      }
    }
    RunOrder order =
        new RunOrder(
            RunMode.valueOf(kind.name()), 1 + arcs.size() % 4, Duration.ofMillis(arcs.size() % 2));
    return new NetPlan(order, policy, workers, links);
  }

  private Net flow() {
    NetBuilder net = new NetBuilder(FailurePolicy.STOP);
    int[] places = IntStream.range(0, 5).map(i -> net.place("p" + i)).toArray();
    for (int i = 0; i < tasks; i++) {
      int arc = i < arcs.size() ? arcs.get(i) : i;
      net.task(
          new TaskSpec(
              "w" + i,
              arc % 2 == 0 ? Join.AND : Join.XOR,
              arc % 5 == 0 ? Split.XOR : Split.AND,
              Duration.ofMillis(arc % 7 == 0 ? 5 : 0),
              arc % 11 == 0));
    }
    Set<List<Integer>> seen = new HashSet<>();
    for (int i = 0; i < tasks; i++) {
      int place = 1 + i % (places.length - 1);
      seen.add(List.of(1, place, i));
      net.output(i, places[place]);
    }
    net.input(places[0], 0);
    seen.add(List.of(0, 0, 0));
    for (int arc : arcs) {
      int task = arc % tasks;
      int place = arc / tasks % places.length;
      boolean input = arc % 2 == 0;
      if (seen.add(List.of(input ? 0 : 1, place, task))) {
        if (input && place < places.length - 1) {
          net.input(places[place], task);
        } else {
          net.output(task, places[place]);
        }
      }
    }
    return net.flow(places[0], places[places.length - 1]).build();
  }
}
