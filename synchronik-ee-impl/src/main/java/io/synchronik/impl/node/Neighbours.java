package io.synchronik.impl.node;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Lane;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.node.Bell;
import io.synchronik.impl.unit.Core;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * Tells the other nodes that there is work, and hears it from them, where the database can: they
 * would find it with their next loop. Sent after commits, as notifications in a transaction make
 * commits wait for one another, and one for all that happens in a moment.
 */
public final class Neighbours {
  private static final Logger LOG = System.getLogger(Neighbours.class.getName());
  private static final long COLLECT_MILLIS = 10;
  private static final Duration LISTEN = Duration.ofMillis(500);
  private static final long AGAIN_MILLIS = 2000;
  private static final String BETWEEN = "\n";

  private final Core core;
  private final EngineThreads threads;
  private final NodeLease lease;
  private final DataSource datasource;
  private final Runnable heard;
  private final Lane<Boolean> lane =
      Lane.ofKeys("telling other nodes", 1, 1, Lane.freely(this::tell));
  private final AtomicBoolean coming = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean telling;
  private boolean unheard;
  private boolean suspected;

  /**
   * Prepares it.
   *
   * @param heard called when others have said that there is work; only a signal
   */
  public Neighbours(
      Core core, EngineThreads threads, NodeLease lease, DataSource datasource, Runnable heard) {
    this.core = core;
    this.threads = threads;
    this.lease = lease;
    this.datasource = datasource;
    this.heard = heard;
  }

  public void start() {
    telling =
        core.settings().pace().listen() && core.transactions().dialect() == Dialect.POSTGRESQL;
    if (telling) {
      threads.start("teller", lane);
      threads.start("listener", this::listen);
      // Those who have been alone learn that they are no longer
      thereIsWork();
    }
  }

  public void stop(Duration atMost) {
    closed.countDown();
    if (telling) {
      lane.close(atMost);
    }
  }

  /** There is work that others could do. */
  public void thereIsWork() {
    if (telling && lease.hasOthers() && coming.compareAndSet(false, true)) {
      try {
        threads.later(COLLECT_MILLIS, () -> lane.offer(true));
      } catch (RejectedExecutionException e) {
        // The engine stops; the others find it with their next loop
        coming.set(false);
      }
    }
  }

  private void tell(List<Boolean> told) {
    coming.set(false);
    String text = core.settings().identity().application() + BETWEEN + core.journal().incarnation();
    try {
      core.transactions()
          .own(
              tx -> {
                Bell.ring(tx.session(), text);
                return null;
              });
    } catch (RuntimeException | Error e) {
      LOG.log(Level.DEBUG, "Other nodes were not told; they find it with their next loop", e);
    }
  }

  private void listen() {
    boolean again = true;
    while (again && closed.getCount() > 0) {
      try {
        again = listenOnce();
      } catch (RuntimeException | Error e) {
        // That the database is away is told for all together, and maybe noticed here first
        boolean told = unheard || !suspected || core.transactions().isDatabaseAway();
        LOG.log(told ? Level.DEBUG : Level.INFO, "Other nodes cannot be heard; tried again", e);
        unheard |= !told;
        suspected = true;
        again = pause();
        core.transactions().awaitDatabase();
      }
    }
  }

  private boolean listenOnce() {
    Optional<Bell> listening = Bell.listen(datasource);
    if (listening.isEmpty()) {
      LOG.log(
          Level.INFO,
          "The PostgreSQL driver is out of reach: work of other nodes is found by the loop alone");
      return false;
    }
    String own = core.settings().identity().application() + BETWEEN;
    try (Bell bell = listening.get()) {
      heard.run();
      while (closed.getCount() > 0) {
        String self = own + core.journal().incarnation();
        if (bell.await(LISTEN).stream()
            .anyMatch(text -> text.startsWith(own) && !text.equals(self))) {
          lease.met();
          heard.run();
        }
        suspected = false;
      }
    }
    return false;
  }

  private boolean pause() {
    try {
      return !closed.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }
}
