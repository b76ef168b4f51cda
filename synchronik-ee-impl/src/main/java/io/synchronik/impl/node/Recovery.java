package io.synchronik.impl.node;

import io.synchronik.impl.store.node.NodeStore;
import io.synchronik.impl.tell.Inheritance;
import io.synchronik.impl.unit.Core;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Takes over from node incarnations whose lease has passed: their runs go back to ready, what they
 * have not told is told here. All of it can be repeated: the incarnation's row goes last.
 */
public final class Recovery {
  private static final Logger LOG = System.getLogger(Recovery.class.getName());

  /**
   * What was done.
   *
   * @param nodes incarnations taken over
   * @param runs runs taken from them
   */
  record Recovered(int nodes, int runs) {}

  private final Core core;
  private final NodeIdentity identity;
  private final List<Takeover> takeovers;
  private final Inheritance inheritance;
  private final NodeStore nodes = new NodeStore();

  public Recovery(Core core, NodeIdentity identity, List<Takeover> takeovers) {
    this.core = core;
    this.identity = identity;
    this.takeovers = List.copyOf(takeovers);
    this.inheritance = new Inheritance(core.transactions(), core.journal().untold());
  }

  Recovered recover() {
    int taken = 0;
    int moved = 0;
    Optional<NodeStore.Expired> expired = next();
    while (expired.isPresent()) {
      NodeStore.Expired node = expired.get();
      taken++;
      moved += takeOver(node.incarnation());
      inheritance.take(
          node.incarnation(),
          node.announcedTo(),
          identity.claimer().incarnation(),
          tx -> nodes.remove(tx.session(), node.incarnation()));
      expired = next();
    }
    for (Takeover takeover : takeovers) {
      for (String owner : takeover.ownersWithoutNode()) {
        moved += takeOver(owner);
      }
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
    int count = 0;
    for (Takeover takeover : takeovers) {
      count += takeover.takeOver(incarnation);
    }
    if (count > 0) {
      LOG.log(
          Level.WARNING,
          "Incarnation {0} is gone: {1} of its runs and items were taken from it",
          incarnation,
          count);
    }
    return count;
  }
}
