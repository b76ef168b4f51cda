package io.synchronik.impl.run.attempt;

import io.synchronik.impl.exec.Dispatcher;
import io.synchronik.impl.exec.Slots;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Makes attempts of the runs that this node comes to own, and has them executed. */
public final class RunAttempts {
  private final Registry registry;
  private final Dispatcher dispatcher;

  /** Claims from soon after their commit to the commit of their end, as run and fence. */
  private final Set<RunStore.Claimed> held = ConcurrentHashMap.newKeySet();

  public RunAttempts(Registry registry, Dispatcher dispatcher) {
    this.registry = registry;
    this.dispatcher = dispatcher;
  }

  /**
   * Lets work take free threads for runs that it comes to own, and executes these.
   *
   * @param claimer who owns the runs
   * @param work takes threads
   * @param owned of its result
   */
  public <T> T take(
      RunStore.Claimer claimer, Function<Slots, T> work, Function<T, List<RunStore.Owned>> owned) {
    return dispatcher.take(work, result -> attempts(owned.apply(result), claimer.incarnation()));
  }

  private List<Attempt> attempts(List<RunStore.Owned> owned, String incarnation) {
    List<Attempt> attempts = new ArrayList<>();
    for (RunStore.Owned run : owned) {
      RegisteredWorker worker = registry.worker(run.unit());
      if (worker != null) {
        attempts.add(
            new Attempt(
                run, incarnation, worker, registry.config(worker, run.context().configuration())));
      }
    }
    // All or none: what fails on the way is executed by nobody
    attempts.forEach(attempt -> held.add(claimed(attempt.owned())));
    return attempts;
  }

  private static RunStore.Claimed claimed(RunStore.Owned run) {
    return new RunStore.Claimed(run.id(), run.fence());
  }

  public int free() {
    return dispatcher.free();
  }

  /** Returns whether this node works on nothing whose end is not recorded. */
  public boolean isEmpty() {
    return held.isEmpty();
  }

  /** Returns whether a claim of this node is being worked on. */
  boolean holds(RunStore.Claimed claim) {
    return held.contains(claim);
  }

  /** The end of a claim is recorded. */
  public void settled(RunStore.Owned run) {
    held.remove(claimed(run));
  }
}
