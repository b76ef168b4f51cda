package io.synchronik.impl.net.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Finds everything that is wrong with a plan, in time linear in its size. */
final class NetErrors {
  private final List<NetError> errors = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final NetPlan plan;
  private final Predicate<String> known;

  private NetErrors(NetPlan plan, Predicate<String> known) {
    this.plan = plan;
    this.known = known;
  }

  static List<NetError> of(NetPlan plan, Predicate<String> known) {
    NetErrors errors = new NetErrors(plan, known);
    errors.checkWorkers();
    errors.checkLinks();
    return List.copyOf(errors.errors);
  }

  private void checkWorkers() {
    if (plan.workers().isEmpty()) {
      add(NetError.Kind.EMPTY);
    }
    Set<String> repeated = new HashSet<>();
    for (String worker : plan.workers()) {
      if (numbers.putIfAbsent(worker, numbers.size()) == null) {
        if (!known.test(worker)) {
          add(NetError.Kind.UNKNOWN_WORKER, worker);
        }
      } else if (repeated.add(worker)) {
        add(NetError.Kind.DUPLICATE_WORKER, worker);
      }
    }
  }

  private void checkLinks() {
    Set<List<String>> seen = new HashSet<>();
    Set<List<String>> repeated = new HashSet<>();
    IntList parents = new IntList(plan.links().size());
    IntList children = new IntList(plan.links().size());
    for (NetPlan.Link link : plan.links()) {
      List<String> ends = List.of(link.parent(), link.worker());
      if (!seen.add(ends)) {
        if (repeated.add(ends)) {
          add(NetError.Kind.DUPLICATE_DEPENDENCY, link.parent(), link.worker());
        }
      } else if (link.parent().equals(link.worker())) {
        add(NetError.Kind.SELF_DEPENDENCY, link.worker());
      } else if (isInside(link.parent(), link) && isInside(link.worker(), link)) {
        parents.add(numbers.getOrDefault(link.parent(), 0));
        children.add(numbers.getOrDefault(link.worker(), 0));
      }
    }
    List<String> ids = plan.workers().stream().distinct().toList();
    for (List<Integer> cycle : new Cycles(Relation.of(ids.size(), parents, children)).find()) {
      add(NetError.Kind.CYCLE, cycle.stream().map(ids::get).toArray(String[]::new));
    }
  }

  private boolean isInside(String end, NetPlan.Link link) {
    if (numbers.containsKey(end)) {
      return true;
    }
    add(
        known.test(end) ? NetError.Kind.FOREIGN_DEPENDENCY : NetError.Kind.UNKNOWN_DEPENDENCY,
        link.parent(),
        link.worker());
    return false;
  }

  private void add(NetError.Kind kind, String... workers) {
    errors.add(new NetError(kind, List.of(workers)));
  }
}
