package io.synchronik.impl.node;

import io.synchronik.WatcherReport;
import io.synchronik.impl.store.audit.AuditStore;
import io.synchronik.impl.store.bulk.BulkStore;
import io.synchronik.impl.store.event.EventStore;
import io.synchronik.impl.store.node.LockStore;
import io.synchronik.impl.store.pool.PoolRetention;
import io.synchronik.impl.store.run.Retention;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** Finds and repairs what is lost or old, one node at a time by a row lock. */
public final class Watcher {
  /** What comes of not scanning. */
  public static final WatcherReport NOTHING = new WatcherReport(false, 0, 0, 0, Duration.ZERO);

  private static final int BITE = 1000;

  /** Longer than anybody asks whether a transaction came true. */
  private static final Duration MARKS_KEPT = Duration.ofDays(1);

  private final Core core;
  private final Recovery recovery;
  private final Rest rest;
  private final NodeLease lease;
  private final LockStore locks = new LockStore();
  private final Retention retention = new Retention();
  private final EventStore events = new EventStore();
  private final PoolRetention tasks = new PoolRetention();
  private final UnitStore units = new UnitStore();
  private final AuditStore audit = new AuditStore();
  private final BulkStore bulk = new BulkStore();

  /**
   * What the watcher asks of others.
   *
   * @param orphans ends runs of code that nobody knows any more
   * @param recovered told that runs are ready again
   * @param inMemory where the code of workers stands that go with the memory of a node
   */
  public record Rest(Runnable orphans, Runnable recovered, String inMemory) {}

  public Watcher(Core core, Recovery recovery, Rest rest, NodeLease lease) {
    this.core = core;
    this.recovery = recovery;
    this.rest = rest;
    this.lease = lease;
  }

  /**
   * Scans once.
   *
   * @param always also when another node has scanned within this interval
   */
  public WatcherReport scan(boolean always) {
    long began = System.nanoTime();
    // A node whose own lease has passed would take itself for dead.
    if (!lease.isValid() || !reserve(always)) {
      return NOTHING;
    }
    Recovery.Recovered recovered = recover();
    rest.orphans.run();
    int removed = removeOld();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    return new WatcherReport(true, recovered.nodes(), recovered.runs(), removed, took);
  }

  /** Takes over from nodes whose lease has passed, between scans too. */
  public void takeOver() {
    if (lease.isValid()) {
      recover();
    }
  }

  private Recovery.Recovered recover() {
    Recovery.Recovered recovered = recovery.recover();
    if (recovered.runs() > 0) {
      rest.recovered.run();
    }
    return recovered;
  }

  private boolean reserve(boolean always) {
    return core.transactions()
        .own(
            tx -> {
              OptionalLong last = locks.tryLock(tx.session(), LockStore.WATCHER);
              if (last.isEmpty()) {
                return false;
              }
              long now = tx.now().toEpochMilli();
              long interval = core.settings().pace().watcher().toMillis();
              if (!always && now - last.getAsLong() < interval * 9 / 10) {
                return false;
              }
              locks.set(tx.session(), LockStore.WATCHER, now);
              return true;
            });
  }

  private int removeOld() {
    Instant before = core.clock().instant().minus(core.settings().history().retain());
    int keep = core.settings().history().runs();
    int removed = removeRuns(tx -> retention.removeRunsBefore(tx.session(), before));
    List<String> units = core.transactions().own(tx -> retention.units(tx.session()));
    for (String unit : units) {
      removed += removeRuns(tx -> retention.removeRunsBeyond(tx.session(), unit, keep));
    }
    int bite;
    do {
      bite = core.transactions().briefly(tx -> tasks.removeBefore(tx.session(), before, BITE));
    } while (bite == BITE);
    for (String pool : core.transactions().own(tx -> tasks.poolsBeyond(tx.session(), keep))) {
      do {
        bite =
            core.transactions().briefly(tx -> tasks.removeBeyond(tx.session(), pool, keep, BITE));
      } while (bite == BITE);
    }
    do {
      bite = core.transactions().briefly(tx -> retention.removeKeysOver(tx.session(), tx.now()));
    } while (bite == Retention.BITE);
    removeForgotten();
    Instant known = core.clock().instant().minus(MARKS_KEPT);
    do {
      bite = core.transactions().briefly(tx -> locks.removeMarksBefore(tx.session(), known, BITE));
    } while (bite == BITE);
    core.transactions().own(tx -> retention.removeOwedToGone(tx.session()));
    do {
      bite = core.transactions().briefly(tx -> events.removeBefore(tx.session(), before, BITE));
    } while (bite == BITE);
    do {
      bite = core.transactions().briefly(tx -> bulk.removeBefore(tx.session(), before, BITE));
    } while (bite == BITE);
    Instant audited = core.clock().instant().minus(core.settings().history().audit());
    do {
      bite = core.transactions().briefly(tx -> audit.removeBefore(tx.session(), audited, BITE));
    } while (bite == BITE);
    return removed;
  }

  private int removeRuns(Function<Tx, Retention.Removed> bite) {
    int runs = 0;
    Retention.Removed removed;
    do {
      removed = core.transactions().briefly(bite);
      runs += removed.runs();
    } while (removed.more());
    return runs;
  }

  /** Workers of pool tasks in memory go when nobody has that memory any more. */
  private void removeForgotten() {
    List<String> forgotten =
        core.transactions()
            .own(tx -> tasks.forgottenWorkers(tx.session(), rest.inMemory, tx.session().now()));
    core.transactions()
        .eachBriefly(
            forgotten,
            (tx, unit) -> {
              boolean free = !units.lockFree(tx.session(), List.of(unit)).isEmpty();
              if (free && retention.removeRuns(tx.session(), unit)) {
                retention.removeUnit(tx.session(), unit);
              }
            });
  }
}
