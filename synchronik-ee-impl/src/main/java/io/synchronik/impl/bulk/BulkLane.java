package io.synchronik.impl.bulk;

import io.synchronik.impl.audit.Asking;
import io.synchronik.impl.bulk.BulkBites.Came;
import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Lane;
import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.tx.Failures;
import io.synchronik.impl.unit.Core;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one thread of a node that carries bulk actions out, in turn with one another: those that were
 * asked for here, and those that a heartbeat has found without anybody at them.
 */
public final class BulkLane {
  private static final Logger LOG = System.getLogger(BulkLane.class.getName());

  /** Stands for all that nobody carries out. */
  private static final String IDLE = "";

  private final Core core;
  private final BulkBites bites;
  private final NodeLease lease;
  private final Lane<String> lane =
      Lane.ofKeys("carrying out bulk actions", 1, Integer.MAX_VALUE, this::handle);

  private volatile boolean open = true;

  public BulkLane(Core core, EngineBulk bulk, NodeLease lease) {
    this.core = core;
    this.bites = bulk.bites();
    this.lease = lease;
  }

  public void start(EngineThreads threads) {
    threads.start("bulk", lane);
  }

  /** Ends after the bite that is going on; other nodes, or the next start, go on. */
  public boolean stop(Duration atMost) {
    open = false;
    return lane.close(atMost);
  }

  /** An action was asked for, or is to end. */
  public void offer(String id) {
    lane.offer(id);
  }

  /** There are actions that nobody carries out. */
  public void look() {
    lane.offer(IDLE);
  }

  /** Returns actions of which somebody holds all that is left. */
  private List<String> handle(List<String> ids) {
    List<String> held = new ArrayList<>();
    for (String id : ids) {
      if (!isOpen()) {
        return List.of();
      }
      if (id.equals(IDLE)) {
        core.transactions().own(bites::idle).forEach(this::offer);
      } else if (!isLeft(id)) {
        held.add(id);
      }
    }
    return held;
  }

  private boolean isOpen() {
    return open && lease.takesIn();
  }

  /** Returns false when somebody holds all that is left. */
  private boolean isLeft(String id) {
    Optional<Wanted> wanted = core.transactions().own(tx -> bites.wanted(tx, id));
    if (wanted.isEmpty()) {
      return true;
    }
    switch (bite(id, wanted.get())) {
      case MORE -> offer(id);
      case HELD -> {
        return false;
      }
      case OVER -> end(id, wanted.get());
      case NOTHING -> {}
    }
    return true;
  }

  private Came bite(String id, Wanted wanted) {
    int most = bites.most(wanted);
    try {
      return core.transactions().briefly(tx -> bites.bite(tx, id, most));
    } catch (RuntimeException | Error e) {
      if (StoreException.isOutage(e)) {
        throw e;
      }
      LOG.log(Level.DEBUG, "A bite of bulk action " + id + " failed and is done one by one", e);
      return oneByOne(id, most);
    }
  }

  /** What is held, or fails, is found without the others. */
  private Came oneByOne(String id, int most) {
    Came came = Came.MORE;
    for (int i = 0; i < most && came == Came.MORE && isOpen(); i++) {
      came = one(id);
    }
    return came;
  }

  private Came one(String id) {
    try {
      return core.transactions().briefly(tx -> bites.bite(tx, id, 1));
    } catch (RuntimeException | Error e) {
      if (StoreException.isOutage(e)) {
        throw e;
      }
      if (StoreException.isLocked(e)) {
        return core.transactions().briefly(tx -> bites.setAside(tx, id));
      }
      LOG.log(Level.WARNING, "Bulk action " + id + " failed for one, and goes on", e);
      return core.transactions().briefly(tx -> bites.failed(tx, id, Failures.messageOf(e)));
    }
  }

  /** In the name of who asked for it. */
  private void end(String id, Wanted wanted) {
    Asking.inTheNameOf(
        new Asking.Asker(wanted.by(), null, wanted.reason()),
        () ->
            core.transactions()
                .briefly(
                    tx -> {
                      bites.end(tx, id);
                      return true;
                    }));
  }
}
