package io.synchronik.impl.flow;

import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.net.Command;
import io.synchronik.impl.net.Outcome;
import io.synchronik.impl.net.plan.Net;
import io.synchronik.impl.store.flow.NetStore;
import io.synchronik.impl.store.flow.PartStore;
import io.synchronik.impl.store.flow.ProcessRunStore;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.ProcessModels;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads nets of runs and puts before them what has happened since they were written. */
final class NetLoader {
  private static final Comparator<PartStore.Item> ENDED_FIRST =
      Comparator.comparing(
              (PartStore.Item item) -> item.progressed().endedAt(),
              Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(PartStore.Item::id);

  private final ProcessModels models;
  private final Journal journal;
  private final PartStore store = new PartStore();
  private final NetStore nets = new NetStore();
  private final UnitStore units = new UnitStore();

  NetLoader(ProcessModels models, Journal journal) {
    this.models = models;
    this.journal = journal;
  }

  /**
   * Loads runs whose rows this transaction has locked.
   *
   * @param command what is asked of each besides
   * @param waits whether parts that somebody else holds are waited for
   * @throws RunsHeld if there are such parts and they are not
   */
  List<NetRun> load(
      Tx tx, List<ProcessRunStore.Root> roots, Consumer<NetRun> command, boolean waits) {
    Set<String> locked = new HashSet<>();
    while (true) {
      Rows rows = read(tx, roots);
      Set<String> disabled = disabled(tx, roots, rows);
      List<NetRun> runs =
          roots.stream().map(root -> loaded(tx, root, rows, disabled, command)).toList();
      Set<String> withdrawn = new HashSet<>();
      runs.forEach(run -> run.withdrawnItems().forEach(item -> withdrawn.add(item.id())));
      if (!waits && !locked.containsAll(withdrawn)) {
        requireFree(tx, runs, withdrawn);
      }
      // What is to vanish may have been claimed since it was read
      if (!locked.addAll(withdrawn) || store.lockMoved(tx.session(), withdrawn).isEmpty()) {
        copy(tx, runs);
        return runs;
      }
    }
  }

  private void requireFree(Tx tx, List<NetRun> runs, Set<String> withdrawn) {
    Set<String> free = store.lockFree(tx.session(), withdrawn);
    Set<String> held = new HashSet<>();
    for (NetRun run : runs) {
      if (run.withdrawnItems().stream().anyMatch(item -> !free.contains(item.id()))) {
        held.add(run.root().id());
      }
    }
    if (!held.isEmpty()) {
      throw new RunsHeld(held);
    }
  }

  /** Asks once for the workers of all runs that begin. */
  private Set<String> disabled(Tx tx, List<ProcessRunStore.Root> roots, Rows rows) {
    Set<String> workers = new HashSet<>();
    for (ProcessRunStore.Root root : roots) {
      if (!rows.tasks.containsKey(root.id())) {
        workers.addAll(models.plan(tx, root.unit(), root.definition()).workers());
      }
    }
    return workers.isEmpty() ? Set.of() : units.disabled(tx.session(), workers);
  }

  private record Rows(
      Map<String, List<PartStore.TaskItem>> tasks,
      Map<String, List<NetStore.PlaceOf>> places,
      Map<String, List<NetStore.Timer>> timers) {}

  private Rows read(Tx tx, List<ProcessRunStore.Root> roots) {
    Session session = tx.session();
    List<String> ids = roots.stream().map(ProcessRunStore.Root::id).toList();
    List<String> delaying =
        roots.stream()
            .filter(root -> models.net(tx, root.unit(), root.definition()).hasDelays())
            .map(ProcessRunStore.Root::id)
            .toList();
    return new Rows(
        ids.isEmpty() ? Map.of() : byRun(store.tasks(session, ids), item -> item.task().run()),
        ids.isEmpty() ? Map.of() : byRun(nets.places(session, ids), NetStore.PlaceOf::run),
        delaying.isEmpty()
            ? Map.of()
            : byRun(nets.dueTimers(session, delaying, tx.now()), NetStore.Timer::run));
  }

  private static <T> Map<String, List<T>> byRun(List<T> rows, Function<T, String> run) {
    return rows.stream().collect(Collectors.groupingBy(run));
  }

  private NetRun loaded(
      Tx tx, ProcessRunStore.Root root, Rows rows, Set<String> disabled, Consumer<NetRun> command) {
    String id = root.id();
    List<PartStore.TaskItem> tasks = rows.tasks.getOrDefault(id, List.of());
    NetRun run =
        new NetRun(
            root,
            models.net(tx, root.unit(), root.definition()),
            tasks.stream().map(task -> task.task().row()).toList(),
            rows.places.getOrDefault(id, List.of()).stream().map(NetStore.PlaceOf::row).toList(),
            tasks.stream()
                .map(PartStore.TaskItem::item)
                .filter(Objects::nonNull)
                .sorted(ENDED_FIRST)
                .toList());
    models.remember(id, root.unit(), root.definition());
    if (run.isNew()) {
      begin(tx, run, disabled);
    }
    for (NetStore.Timer timer : rows.timers.getOrDefault(id, List.of())) {
      run.delayOver(new NetRun.Enabling(run.net().task(timer.task()), timer.generation()));
    }
    run.items().forEach((task, item) -> cameTo(run, task, item));
    command.accept(run);
    return run;
  }

  private static void cameTo(NetRun run, NetRun.Enabling task, PartStore.Item item) {
    if (item.progressed().claimed() || item.state().isFinal()) {
      run.started(task);
    }
    switch (item.state()) {
      case COMPLETED -> run.ended(task, succeeded(run.net(), task, item.choices()));
      case FAILED -> run.ended(task, Outcome.FAILED);
      case CANCELED, SKIPPED -> run.ended(task, Outcome.CANCELED);
      case SUBMITTED, READY, WAITING, RUNNING -> {}
    }
  }

  private static Outcome succeeded(Net net, NetRun.Enabling task, @Nullable String choices) {
    return new Outcome.Succeeded(Choices.verdicts(choices, net.choiceTargets(task.task())));
  }

  private void begin(Tx tx, NetRun run, Set<String> disabled) {
    List<String> workers = models.plan(tx, run.root().unit(), run.root().definition()).workers();
    run.apply(
        new Command.Start(
            workers.stream().filter(disabled::contains).map(run.net()::task).toList()));
    String retryOf = run.root().given().retryOf();
    if (retryOf != null) {
      takeOver(run, store.completed(tx.session(), retryOf));
    }
  }

  /** What completed in an earlier run need not run again. */
  private static void takeOver(NetRun run, Map<String, PartStore.Completed> done) {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (NetRun.Enabling task : List.copyOf(run.delays().keySet())) {
        if (done.containsKey(run.net().id(task.task()))) {
          run.delayOver(task);
        }
      }
      for (NetRun.Enabling task : run.ready()) {
        PartStore.Completed part = done.get(run.net().id(task.task()));
        if (part != null) {
          run.takeOver(task, part.id());
          run.ended(task, succeeded(run.net(), task, part.choices()));
          moved = true;
        }
      }
    }
  }

  private void copy(Tx tx, List<NetRun> runs) {
    for (NetRun run : runs) {
      run.takenOver()
          .forEach(
              (task, id) ->
                  store.copyCompleted(tx.session(), id, journal.nextId(), run.part(task)));
    }
  }
}
