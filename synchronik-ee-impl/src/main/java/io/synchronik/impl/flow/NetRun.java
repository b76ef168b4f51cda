package io.synchronik.impl.flow;

import io.synchronik.impl.net.Command;
import io.synchronik.impl.net.Effect;
import io.synchronik.impl.net.NetPhase;
import io.synchronik.impl.net.NetState;
import io.synchronik.impl.net.Outcome;
import io.synchronik.impl.net.PlaceRow;
import io.synchronik.impl.net.Step;
import io.synchronik.impl.net.StepResult;
import io.synchronik.impl.net.TaskRow;
import io.synchronik.impl.net.TaskState;
import io.synchronik.impl.net.plan.Net;
import io.synchronik.impl.store.flow.NetStore;
import io.synchronik.impl.store.flow.PartStore;
import io.synchronik.impl.store.flow.ProcessRunStore;
import io.synchronik.impl.store.run.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The net of one run of a process while a transaction moves it. */
final class NetRun {
  /** An enabling of a task. */
  record Enabling(int task, int generation) {}

  private final ProcessRunStore.Root root;
  private final Net net;
  private final NetState loaded;
  private final Set<TaskKey> rows = new HashSet<>();
  private final Map<Enabling, PartStore.Item> items = new LinkedHashMap<>();
  private final Map<Enabling, String> takenOver = new LinkedHashMap<>();
  private final Set<Enabling> ready = new LinkedHashSet<>();
  private final Map<Enabling, Duration> delays = new LinkedHashMap<>();
  private final Set<Enabling> timersOver = new LinkedHashSet<>();
  private final Set<Enabling> withdrawn = new LinkedHashSet<>();
  private NetState state;
  private boolean judged;
  private Effect.@Nullable RunEnded end;

  private record TaskKey(String task, int generation) {}

  NetRun(
      ProcessRunStore.Root root,
      Net net,
      List<TaskRow> tasks,
      List<PlaceRow> places,
      List<PartStore.Item> items) {
    this.root = root;
    this.net = net;
    NetPhase phase = tasks.isEmpty() ? NetPhase.INITIALIZED : NetPhase.STARTED;
    this.loaded = NetState.of(net, phase, null, places, tasks);
    this.state = loaded;
    items.forEach(
        item ->
            this.items.put(
                new Enabling(net.task(item.part().task()), item.part().generation()), item));
    tasks.forEach(task -> rows.add(new TaskKey(task.task(), task.generation())));
  }

  ProcessRunStore.Root root() {
    return root;
  }

  Net net() {
    return net;
  }

  NetState state() {
    return state;
  }

  boolean isNew() {
    return loaded.phase() == NetPhase.INITIALIZED;
  }

  /** Applies a command; false when it comes too late, which changes nothing. */
  boolean apply(Command command) {
    if (!(Step.apply(net, state, command) instanceof StepResult.Moved moved)) {
      return false;
    }
    state = moved.state();
    moved.effects().forEach(this::note);
    return true;
  }

  private void note(Effect effect) {
    if (effect instanceof Effect.Ready task) {
      ready.add(new Enabling(task.task(), task.generation()));
    } else if (effect instanceof Effect.Delay delay) {
      delays.put(new Enabling(delay.task(), delay.generation()), delay.duration());
    } else if (effect instanceof Effect.Withdraw task) {
      withdraw(new Enabling(task.task(), task.generation()), task.from());
    } else if (effect instanceof Effect.RunEnded ended) {
      end = ended;
    } else {
      judged = true;
    }
  }

  private void withdraw(Enabling task, TaskState from) {
    if (from == TaskState.WAITING) {
      if (delays.remove(task) == null) {
        timersOver.add(task);
      }
    } else if (!ready.remove(task)) {
      withdrawn.add(task);
    }
  }

  /** The delay of a task has passed. */
  void delayOver(Enabling task) {
    timersOver.add(task);
    delays.remove(task);
    apply(new Command.DelayOver(task.task, task.generation));
  }

  /** The item of a task was claimed, or is taken over from another run. */
  void started(Enabling task) {
    apply(new Command.Started(task.task, task.generation));
    ready.remove(task);
  }

  void ended(Enabling task, Outcome outcome) {
    apply(new Command.Ended(task.task, task.generation, outcome));
  }

  /** Takes the completed item of another run for a task that has become ready. */
  void takeOver(Enabling task, String item) {
    takenOver.put(task, item);
    started(task);
  }

  /** Returns items of other runs by the tasks for which they are taken. */
  Map<Enabling, String> takenOver() {
    return takenOver;
  }

  /** Returns the items of tasks that were active when they were read. */
  Map<Enabling, PartStore.Item> items() {
    return items;
  }

  RunStore.Part part(Enabling task) {
    return new RunStore.Part(root.id(), root.unit(), net.id(task.task), task.generation);
  }

  /** Returns tasks that became ready, and need an item. */
  List<Enabling> ready() {
    return List.copyOf(ready);
  }

  /** Returns delays that began, which need a timer. */
  Map<Enabling, Duration> delays() {
    return delays;
  }

  /** Returns tasks whose timer is to vanish. */
  Set<Enabling> timersOver() {
    return timersOver;
  }

  /** Returns items that are to vanish. */
  List<PartStore.Item> withdrawnItems() {
    return withdrawn.stream().map(items::get).filter(Objects::nonNull).toList();
  }

  /** Returns whether a worker has got its verdict. */
  boolean judged() {
    return judged;
  }

  Optional<Effect.RunEnded> end() {
    return Optional.ofNullable(end);
  }

  /** Returns rows of tasks to insert, or to update. */
  List<NetStore.TaskOf> tasks(boolean inserts) {
    return state.taskChanges(net, loaded).stream()
        .filter(row -> rows.contains(new TaskKey(row.task(), row.generation())) != inserts)
        .map(row -> new NetStore.TaskOf(root.id(), row))
        .toList();
  }

  /** Returns rows of places that have changed. */
  List<NetStore.PlaceOf> places() {
    return state.placeChanges(net, loaded).stream()
        .map(row -> new NetStore.PlaceOf(root.id(), row))
        .toList();
  }

  /** Returns a timer of a task. */
  NetStore.Timer timer(Enabling task, Instant due) {
    return new NetStore.Timer(root.id(), net.id(task.task), task.generation, due);
  }
}
