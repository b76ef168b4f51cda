package io.synchronik.impl.run;

import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.lifecycle.RunLifecycle;
import io.synchronik.impl.node.Takeover;
import io.synchronik.impl.store.node.NodeStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.unit.UnitConfig;
import io.synchronik.worker.NodeLoss;
import io.synchronik.worker.WorkerConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes runs from nodes that are gone: they go back to ready, or end. */
public final class RunLosses implements Takeover {
  private final Core core;
  private final RunEnds ends;
  private final NodeStore nodes = new NodeStore();
  private final RunStore runs = new RunStore();

  public RunLosses(Core core, RunEnds ends) {
    this.core = core;
    this.ends = ends;
  }

  @Override
  public List<String> ownersWithoutNode() {
    return core.transactions().own(tx -> runs.ownersWithoutNode(tx.session()));
  }

  @Override
  public int takeOver(String incarnation) {
    return core.transactions().briefly(tx -> takeOver(tx, incarnation));
  }

  private int takeOver(Tx tx, String incarnation) {
    List<RunStore.Owned> owned = runs.lockOwnedAndFree(tx.session(), incarnation);
    Set<String> foreign = new HashSet<>();
    owned.stream()
        .map(RunStore.Owned::unit)
        .filter(unit -> core.registry().worker(unit) == null)
        .forEach(foreign::add);
    // A node that knows the worker knows whether it may be begun twice
    Set<String> left = nodes.known(tx.session(), foreign, tx.session().now());
    return ends.applyFree(
            tx,
            owned.stream()
                .filter(run -> !left.contains(run.unit()))
                .map(run -> lost(tx, incarnation, run))
                .toList())
        .applied()
        .size();
  }

  private RunEnds.Item lost(Tx tx, String incarnation, RunStore.Owned run) {
    int losses = run.losses() + 1;
    RegisteredWorker worker = core.registry().worker(run.unit());
    UnitConfig config = worker == null ? null : core.registry().config(worker);
    boolean goesOn =
        !(config instanceof WorkerConfig known) || known.retry().onNodeLoss() == NodeLoss.RETRY;
    RunChange change =
        RunLifecycle.after(run.attempt(), 0, losses, new AttemptEnd.Lost(goesOn), tx.now());
    return new RunEnds.Item(run, incarnation, change, losses, config, null);
  }
}
