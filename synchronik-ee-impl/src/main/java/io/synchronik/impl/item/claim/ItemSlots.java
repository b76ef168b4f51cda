package io.synchronik.impl.item.claim;

import io.synchronik.impl.tx.Tx;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which shard of an item set's counters a transaction of this node writes to. Transactions of
 * callers may stay open for long: they never share one with the engine's.
 */
public final class ItemSlots {
  private static final int THREADS = 500;

  private final int base = ThreadLocalRandom.current().nextInt(1, 2_000_000) * 2 * THREADS;

  /** Returns the present thread's; others share it only by chance, which costs them a wait. */
  public int of(Tx tx) {
    int thread = (int) (Thread.currentThread().getId() % THREADS);
    return base + thread + (tx.isJoined() ? THREADS : 0);
  }
}
