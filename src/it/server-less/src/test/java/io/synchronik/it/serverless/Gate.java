package io.synchronik.it.serverless;

import jakarta.transaction.TransactionManager;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Where application code is called: it may be told to stay there, or to do worse. */
final class Gate {
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private volatile Set<String> closed = Set.of();
  private volatile Map<String, Hostile> hostile = Map.of();
  private volatile CountDownLatch open = new CountDownLatch(0);
  private volatile @Nullable TransactionManager transactions;

  void use(TransactionManager manager) {
    transactions = manager;
  }

  /** Lets code stay at some places until they are opened, and be hostile at others. */
  void close(Set<String> blocked, Map<String, Hostile> worse) {
    seen.clear();
    open = new CountDownLatch(1);
    closed = new HashSet<>(blocked);
    hostile = new TreeMap<>(worse);
  }

  void open() {
    closed = Set.of();
    hostile = Map.of();
    open.countDown();
  }

  /** Returns the places at which code was. */
  Set<String> seen() {
    return Set.copyOf(seen);
  }

  /** Code is at a place. */
  void pass(String place) {
    seen.add(place);
    if (closed.contains(place)) {
      await();
    }
    Hostile worse = hostile.get(place);
    TransactionManager manager = transactions;
    if (worse != null && manager != null) {
      try {
        worse.act(manager);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** No interrupt ends it. */
  private void await() {
    boolean interrupted = false;
    CountDownLatch latch = open;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
