package io.synchronik.impl.node;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.settings.Message;
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
import org.jspecify.annotations.Nullable;

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
  private final Bearer bearer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private boolean looks;
  private final EngineThreads threads;
  private final NodeIdentity identity;
  private volatile long validUntilNanos;

  /** Before the database was asked for the time from which the lease counts. */
  private volatile long beganNanos;

  private volatile boolean open;
  private volatile boolean others = true;

  /** The order that this node has, null when it takes work in. */
  private volatile NodeStore.@Nullable Draining draining;

  private boolean empty;

  /** What a lease is for. All calls come from the thread of the lease, and must not wait. */
  public interface Bearer {
    /** Others have taken over what the node owned. */
    void lost();

    /** The node takes nothing more in, or takes work in again. */
    void takesIn(boolean again);

    /** There are bulk actions that nobody carries out. */
    void bulkWaits();

    /** Returns whether nothing of the node's own is left. */
    boolean isEmpty();

    /** Returns what the node has to do. */
    Statistics.Load load();
  }

  /**
   * Creates the lease.
   *
   * @param identity who this node is
   * @param bearer is told of what becomes of it
   */
  public NodeLease(Core core, EngineThreads threads, NodeIdentity identity, Bearer bearer) {
    this.core = core;
    this.bearer = bearer;
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

  /** Returns whether this node may take work in. */
  public boolean takesIn() {
    return isValid() && draining == null;
  }

  /** There may be an order for this node: it looks at once. */
  public void look() {
    lock.lock();
    try {
      looks = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
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
              NodeStore.Draining order = draining;
              if (order != null) {
                nodes.drain(tx.session(), claimer().incarnation(), order);
              }
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
      while (open && !looks && nanos > 0) {
        nanos = wake.awaitNanos(nanos);
      }
      looks = false;
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
    NodeStore.Load load = load();
    NodeStore.Present present =
        core.transactions()
            .own(
                tx -> {
                  beganNanos = System.nanoTime();
                  Instant now = tx.session().now();
                  String own = claimer().incarnation();
                  NodeStore.Present found = nodes.present(tx.session(), own, now);
                  if (!nodes.renewIfOwn(tx.session(), own, lease(now, length, told), load)) {
                    return null;
                  }
                  rows().write(tx, own, told);
                  return found;
                });
    if (present != null) {
      others = present.live() > 1;
      valid();
      follow(present.draining(), load.empty());
      if (present.bulk()) {
        bearer.bulkWaits();
      }
      return;
    }
    LOG.log(
        Level.WARNING,
        "Node {0} lost its lease: others have taken over its work; it begins anew",
        claimer().node());
    bearer.lost();
    rows().lost();
    identity.renew(core.journal().nextId());
    register(length);
    valid();
  }

  private NodeStore.Load load() {
    Statistics.Load load = bearer.load();
    return new NodeStore.Load(
        load.busy(),
        load.stuck(),
        load.threads(),
        load.heapUsed(),
        load.heapMax(),
        load.cpu(),
        load.connections(),
        core.clock().offset(),
        draining != null && bearer.isEmpty());
  }

  private void follow(NodeStore.@Nullable Draining order, boolean nowEmpty) {
    boolean before = draining != null;
    draining = order;
    if (before != (order != null)) {
      Message message = order == null ? Message.TAKES_IN : Message.DRAINS;
      LOG.log(Level.INFO, message.with(claimer().node()));
      bearer.takesIn(order == null);
    }
    if (nowEmpty && !empty) {
      LOG.log(Level.INFO, Message.IS_EMPTY.with(claimer().node()));
    }
    empty = nowEmpty;
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
