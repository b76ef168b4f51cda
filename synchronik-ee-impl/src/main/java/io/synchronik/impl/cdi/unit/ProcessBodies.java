package io.synchronik.impl.cdi.unit;

import io.synchronik.event.RunHooks;
import io.synchronik.impl.net.plan.NetCompiler;
import io.synchronik.impl.net.plan.NetError;
import io.synchronik.impl.net.plan.NetPlan;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.unit.ProcessBody;
import io.synchronik.process.Condition;
import io.synchronik.process.Dependency;
import io.synchronik.process.FailurePolicy;
import io.synchronik.process.ProcessStep;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import io.synchronik.process.WorkerRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Finds the workers that processes name, and all that is wrong with how they are put together. */
final class ProcessBodies {
  private final KnownWorkers workers;
  private final DefinitionErrors errors;

  ProcessBodies(KnownWorkers workers, DefinitionErrors errors) {
    this.workers = workers;
    this.errors = errors;
  }

  /**
   * Which process is meant, in messages.
   *
   * @param id its id
   * @param where it is declared
   */
  record Subject(String id, String where) {}

  /** Checks that a run mode fits the dependencies. */
  void checkMode(Subject process, RunMode mode, boolean graph) {
    if (graph && mode != RunMode.GRAPH) {
      errors.add(Message.MODE_OF_GRAPH, process.id(), process.where(), mode);
    } else if (!graph && mode == RunMode.GRAPH) {
      errors.add(Message.MODE_WITHOUT_GRAPH, process.id(), process.where());
    }
  }

  /** Returns what a process consists of; to be used only when no error was added. */
  ProcessBody body(Subject process, List<ProcessStep> steps, Consumer<Consumer<RunHooks>> hooks) {
    Set<String> unresolved = new HashSet<>();
    List<String> ids = new ArrayList<>();
    List<NetPlan.Link> links = new ArrayList<>();
    Map<String, Map<String, Condition<?>>> conditions = new HashMap<>();
    for (ProcessStep step : steps) {
      String worker = idOf(step.worker(), process, unresolved);
      ids.add(worker);
      for (Dependency dependency : step.after()) {
        String parent = idOf(dependency.on(), process, unresolved);
        Condition<?> condition = dependency.condition();
        links.add(new NetPlan.Link(parent, worker, condition != null));
        if (condition != null) {
          conditions.computeIfAbsent(parent, key -> new HashMap<>()).put(worker, condition);
        }
      }
    }
    NetPlan plan = new NetPlan(RunOrder.DEFAULT, FailurePolicy.STOP, ids, links);
    NetCompiler.check(plan, worker -> unresolved.contains(worker) || workers.has(worker)).stream()
        .filter(error -> !followsFrom(unresolved, error))
        .forEach(
            error -> errors.add(Message.BAD_PROCESS, process.id(), process.where(), error.text()));
    return new ProcessBody(process.where(), ids, links, conditions, hooks);
  }

  /** A class that stands for no worker is reported once, and named in the place of its worker. */
  private String idOf(WorkerRef ref, Subject process, Set<String> unresolved) {
    if (!(ref instanceof WorkerRef.ByClass byClass)) {
      return ref.toString();
    }
    String name = byClass.beanClass().getName();
    Set<String> ids = workers.of(byClass.beanClass());
    if (ids.size() == 1) {
      return ids.iterator().next();
    }
    if (unresolved.add(name)) {
      if (ids.isEmpty()) {
        errors.add(Message.CLASS_WITHOUT_WORKER, process.id(), process.where(), name);
      } else {
        errors.add(Message.CLASS_OF_SEVERAL_WORKERS, process.id(), process.where(), name, ids);
      }
    }
    return name;
  }

  private static boolean followsFrom(Set<String> unresolved, NetError error) {
    return error.kind() == NetError.Kind.FOREIGN_DEPENDENCY
        && unresolved.contains(error.workers().get(0));
  }
}
