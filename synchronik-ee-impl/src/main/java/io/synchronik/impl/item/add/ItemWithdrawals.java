package io.synchronik.impl.item.add;

import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.store.item.ItemControl;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemCounts.Counter;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import java.util.List;
import java.util.function.BiConsumer;

/** Withdraws what is left of the items of ended runs. Whoever does it, it comes to the same. */
public final class ItemWithdrawals {
  private static final int BITE = 5000;

  private final Transactions transactions;
  private final ItemSlots slots;
  private final BiConsumer<Long, String> withdrawn;
  private final ItemSets sets = new ItemSets();
  private final ItemControl control = new ItemControl();

  /**
   * Creates them.
   *
   * @param withdrawn told, after the commit, of a set whose items were withdrawn that nodes are
   *     working on, and why; only a signal
   */
  public ItemWithdrawals(
      Transactions transactions, ItemSlots slots, BiConsumer<Long, String> withdrawn) {
    this.transactions = transactions;
    this.slots = slots;
    this.withdrawn = withdrawn;
  }

  /** Withdraws what is under way; ends that are on their way to their commits come before it. */
  public void started(Tx tx, long set, String why) {
    List<Long> started = control.lockStarted(tx.session(), set, BITE, ItemControl.Others.AWAIT);
    withdraw(tx, set, started, why);
  }

  private void withdraw(Tx tx, long set, List<Long> started, String why) {
    if (!started.isEmpty()) {
      control.withdrawStarted(tx.session(), set, started, tx.now());
      new ItemCounts()
          .move(set, Counter.STARTED, Counter.CANCELED, started.size())
          .write(tx.session(), slots.of(tx));
      tx.afterCommit(() -> withdrawn.accept(set, why));
    }
  }

  /**
   * Withdraws all that is left of the set of a run that has ended, in bites; inside a transaction
   * it is part of that, which has a connection.
   */
  public void all(long set) {
    boolean inside = transactions.current() != null;
    boolean all;
    do {
      all =
          inside
              ? transactions.joined(tx -> bite(tx, set, ItemControl.Others.AWAIT)) < BITE
              : bite(set);
    } while (!all);
    transactions.joined(
        tx -> {
          if (ItemCounts.sum(tx.session(), set).allFinal()) {
            sets.closeIfEnding(tx.session(), set);
          }
          return null;
        });
  }

  /**
   * Withdraws some of what is left of an ending set, but for what somebody holds; returns whether
   * nobody has more to do.
   */
  public boolean bite(long set) {
    try {
      return transactions.briefly(tx -> bite(tx, set, ItemControl.Others.AWAIT)) < BITE;
    } catch (RuntimeException | Error e) {
      if (!StoreException.isLocked(e)) {
        throw e;
      }
      return transactions.briefly(tx -> bite(tx, set, ItemControl.Others.SKIP)) < BITE;
    }
  }

  private int bite(Tx tx, long set, ItemControl.Others others) {
    List<Long> started = control.lockStarted(tx.session(), set, BITE, ItemControl.Others.SKIP);
    withdraw(tx, set, started, "its run has ended");
    List<Long> idle = control.lockIdle(tx.session(), set, BITE, others);
    if (!idle.isEmpty()) {
      int count = control.withdrawIdle(tx.session(), set, idle, others, tx.now());
      new ItemCounts()
          .move(set, Counter.INITIALIZED, Counter.CANCELED, count)
          .write(tx.session(), slots.of(tx));
    }
    return Math.max(started.size(), idle.size());
  }
}
