package io.synchronik.impl.node;

import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.item.ItemLosses;
import io.synchronik.impl.journal.Announcer;
import io.synchronik.impl.journal.EventCodec;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.lifecycle.RunLifecycle;
import io.synchronik.impl.run.RunEnds;
import io.synchronik.impl.store.event.EventStore;
import io.synchronik.impl.store.jpa.EventKey;
import io.synchronik.impl.store.node.NodeStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.unit.UnitConfig;
import io.synchronik.worker.NodeLoss;
import io.synchronik.worker.WorkerConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes over from node incarnations whose lease has passed: their runs go back to ready, their
 * unannounced events are announced here. All of it can be repeated: the incarnation's row goes
 * last.
 */
public final class Recovery {
  private static final Logger LOG = System.getLogger(Recovery.class.getName());
  private static final int BATCHES_AT_ONCE = 500;

  /**
   * What was done.
   *
   * @param nodes incarnations taken over
   * @param runs runs taken from them
   */
  record Recovered(int nodes, int runs) {}

  private final Core core;
  private final NodeIdentity identity;
  private final RunEnds ends;
  private final ItemLosses items;
  private final EventCodec codec;
  private final Announcer announcer;
  private final NodeStore nodes = new NodeStore();
  private final RunStore runs = new RunStore();
  private final EventStore events = new EventStore();

  /**
   * Who ends what a lost node owned.
   *
   * @param runs of runs
   * @param items of items
   */
  public record Ends(RunEnds runs, ItemLosses items) {}

  public Recovery(
      Core core, NodeIdentity identity, Ends ends, EventCodec codec, Announcer announcer) {
    this.core = core;
    this.identity = identity;
    this.ends = ends.runs;
    this.items = ends.items;
    this.codec = codec;
    this.announcer = announcer;
  }

  Recovered recover() {
    int taken = 0;
    int moved = 0;
    Optional<NodeStore.Expired> expired = next();
    while (expired.isPresent()) {
      NodeStore.Expired node = expired.get();
      taken++;
      moved += takeOver(node.incarnation());
      announceRest(node);
      core.transactions()
          .own(
              tx -> {
                nodes.remove(tx.session(), node.incarnation());
                return null;
              });
      expired = next();
    }
    for (String owner : core.transactions().own(tx -> runs.ownersWithoutNode(tx.session()))) {
      moved += takeOver(owner);
    }
    for (String owner : items.ownersWithoutNode()) {
      moved += items.takeOver(owner);
    }
    return new Recovered(taken, moved);
  }

  private Optional<NodeStore.Expired> next() {
    return core.transactions()
        .own(
            tx ->
                nodes.takeExpired(
                    tx.session(),
                    identity.claimer().incarnation(),
                    tx.session().now(),
                    core.settings().pace().lease()));
  }

  private int takeOver(String incarnation) {
    int count = core.transactions().own(tx -> takeOver(tx, incarnation));
    count += items.takeOver(incarnation);
    if (count > 0) {
      LOG.log(
          Level.WARNING,
          "Incarnation {0} is gone: {1} of its runs and items were taken from it",
          incarnation,
          count);
    }
    return count;
  }

  private int takeOver(Tx tx, String incarnation) {
    List<RunStore.Owned> owned = runs.lockOwned(tx.session(), incarnation);
    Set<String> foreign = new HashSet<>();
    owned.stream()
        .map(RunStore.Owned::unit)
        .filter(unit -> core.registry().worker(unit) == null)
        .forEach(foreign::add);
    // A node that knows the worker knows whether it may be begun twice
    Set<String> left = nodes.known(tx.session(), foreign, tx.session().now());
    return ends.apply(
            tx,
            owned.stream()
                .filter(run -> !left.contains(run.unit()))
                .map(run -> lost(tx, incarnation, run))
                .toList())
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

  private void announceRest(NodeStore.Expired node) {
    String after = node.announcedTo();
    List<EventStore.Placed> rest;
    do {
      String from = after;
      rest =
          core.transactions()
              .own(
                  tx ->
                      events.ofIncarnationAfter(
                          tx.session(), node.incarnation(), from, BATCHES_AT_ONCE));
      for (EventStore.Placed placed : rest) {
        SynchronikEvent event = codec.read(placed);
        announcer.announceNow(event);
        after = EventKey.batch(placed.event().id());
      }
    } while (!rest.isEmpty());
  }
}
