package io.synchronik.impl.item;

import java.util.concurrent.ThreadLocalRandom;

/** Which shard of an item set's counters a thread of this node writes to. */
public final class ItemSlots {
  private static final int THREADS = 100;

  private final int base = ThreadLocalRandom.current().nextInt(1, 20_000_000) * THREADS;

  /** Returns the present thread's; others share it only by chance, which costs them a wait. */
  int mine() {
    return base + (int) (Thread.currentThread().getId() % THREADS);
  }
}
