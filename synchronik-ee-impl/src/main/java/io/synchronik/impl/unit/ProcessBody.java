package io.synchronik.impl.unit;

import io.synchronik.event.RunHooks;
import io.synchronik.impl.net.plan.NetPlan;
import io.synchronik.process.Condition;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a process consists of. Checked already: the workers exist, and no cycle is in the links.
 *
 * @param declaredAt where it is declared, for people; the same on every node
 * @param workers their ids, in the order of the definition
 * @param links what depends on what
 * @param conditions of the conditional links: by the parent's id and the dependent worker's id
 * @param hooks calls what is told of the process's runs
 */
public record ProcessBody(
    String declaredAt,
    List<String> workers,
    List<NetPlan.Link> links,
    Map<String, Map<String, Condition<?>>> conditions,
    Consumer<Consumer<RunHooks>> hooks) {
  public ProcessBody {
    workers = List.copyOf(workers);
    links = List.copyOf(links);
    conditions = Map.copyOf(conditions);
  }

  /** Returns the conditions on a worker's result, by the ids of the workers that depend on it. */
  public Map<String, Condition<?>> conditionsOn(String worker) {
    return conditions.getOrDefault(worker, Map.of());
  }
}
