package io.synchronik.impl.node;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.node.NodeStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tell.UntoldRows;
import io.synchronik.impl.unit.Core;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * This node's incarnation and its lease. One update per heartbeat renews all that the node owns. A
 * node that could not renew in time, by its own monotonic clock, takes nothing in; one whose work
 * was taken over begins anew under another incarnation.
 */
public final class NodeLease {
  /** So long a node may be there without a heartbeat, until the application has started. */
  private static final Duration BEFORE_BEGIN = Duration.ofMinutes(1);

  private static final Logger LOG = System.getLogger(NodeLease.class.getName());

  private final Core core;
  private final NodeStore nodes = new NodeStore();
  private final RunStore runs = new RunStore();
  private final Runnable lost;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private final EngineThreads threads;
  private final NodeIdentity identity;
  private volatile long validUntilNanos;

  /** Before the database was asked for the time from which the lease counts. */
  private volatile long beganNanos;

  private volatile boolean open;
  private volatile boolean others = true;

  /**
   * Creates the lease.
   *
   * @param identity who this node is
   * @param lost called when others have taken over what the node owned
   */
  public NodeLease(Core core, EngineThreads threads, NodeIdentity identity, Runnable lost) {
    this.core = core;
    this.lost = lost;
    this.threads = threads;
    this.identity = identity;
  }

  public RunStore.Claimer claimer() {
    return identity.claimer();
  }

  /** Returns whether there were other live nodes at the last heartbeat, or one was heard since. */
  boolean hasOthers() {
    return others;
  }

  /** Another node has been heard. */
  void met() {
    others = true;
  }

  public boolean isValid() {
    return System.nanoTime() - validUntilNanos < 0;
  }

  /**
   * Starts the heartbeats of a registered incarnation. The first one is here: from now on the node
   * owns things, which must not wait for longer than a lease when it dies.
   */
  public void start() {
    open = true;
    boolean first = isRenewed();
    threads.start("lease", () -> work(!first));
  }

  /** Registers the incarnation, which owns nothing yet. */
  public void register() {
    register(core.settings().pace().lease().plus(BEFORE_BEGIN));
  }

  private void register(Duration length) {
    Settings settings = core.settings();
    UntoldRows.Plan told = told(false);
    core.transactions()
        .own(
            tx -> {
              beganNanos = System.nanoTime();
              nodes.register(
                  tx.session(),
                  claimer(),
                  settings.identity().version(),
                  settings.work().workers(),
                  lease(tx.session().now(), length, told));
              rows().write(tx, claimer().incarnation(), told);
              // A node that was stopped may have taken units in
              nodes.removeKnown(tx.session(), claimer().incarnation());
              nodes.addKnown(tx.session(), claimer().incarnation(), core.registry().ids());
              return null;
            });
  }

  private NodeStore.Lease lease(Instant now, Duration length, UntoldRows.Plan told) {
    core.clock().sample(now);
    return new NodeStore.Lease(now, length, told.to());
  }

  private UntoldRows rows() {
    return core.journal().untold();
  }

  private UntoldRows.Plan told(boolean exactly) {
    return rows().plan(claimer().incarnation(), exactly);
  }

  private void valid() {
    validUntilNanos = beganNanos + core.settings().pace().lease().toNanos();
  }

  private void work(boolean late) {
    boolean due = late;
    while (open) {
      while (open && due) {
        due = !isRenewed() && core.transactions().awaitDatabase();
      }
      if (!await()) {
        return;
      }
      due = true;
    }
  }

  /** Returns false when the database is away: it is renewed as soon as that is back. */
  private boolean isRenewed() {
    try {
      renew();
      return true;
    } catch (RuntimeException | Error e) {
      // That the database is away is told for all together
      boolean away = StoreException.isUnreachable(e);
      Level level = away ? Level.DEBUG : Level.WARNING;
      LOG.log(level, "The lease could not be renewed: " + e.getMessage(), e);
      return !away;
    }
  }

  private boolean await() {
    lock.lock();
    try {
      long nanos = core.settings().pace().lease().toNanos() / 3;
      while (open && nanos > 0) {
        nanos = wake.awaitNanos(nanos);
      }
      return open;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void renew() {
    Duration length = core.settings().pace().lease();
    UntoldRows.Plan told = told(false);
    boolean renewed =
        core.transactions()
            .own(
                tx -> {
                  beganNanos = System.nanoTime();
                  Instant now = tx.session().now();
                  others = nodes.countLive(tx.session(), now) > 1;
                  String own = claimer().incarnation();
                  if (!nodes.renewIfOwn(tx.session(), own, lease(now, length, told))) {
                    return false;
                  }
                  rows().write(tx, own, told);
                  return true;
                });
    if (renewed) {
      valid();
      return;
    }
    LOG.log(
        Level.WARNING,
        "Node {0} lost its lease: others have taken over its work; it begins anew",
        claimer().node());
    lost.run();
    rows().lost();
    identity.renew(core.journal().nextId());
    register(length);
    valid();
  }

  /** Ends the heartbeats. */
  public void stop() {
    open = false;
    lock.lock();
    try {
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives the lease back. What is left of the incarnation, if anything, others may take over at
   * once.
   */
  public void release() {
    validUntilNanos = System.nanoTime() - 1;
    UntoldRows.Plan told = told(true);
    core.transactions()
        .own(
            tx -> {
              String incarnation = claimer().incarnation();
              rows().write(tx, incarnation, told);
              if (!rows().isAnyLeft(tx, incarnation)
                  && told.isAllTold()
                  && runs.owned(tx.session(), incarnation).isEmpty()) {
                nodes.remove(tx.session(), incarnation);
              } else {
                nodes.expire(tx.session(), incarnation, tx.session().now(), told.to());
              }
              return null;
            });
  }
}
