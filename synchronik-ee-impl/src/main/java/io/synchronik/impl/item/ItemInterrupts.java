package io.synchronik.impl.item;

import io.synchronik.impl.exec.Dispatcher;
import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.exec.Job;
import io.synchronik.impl.exec.Lately;
import io.synchronik.impl.item.claim.ItemAttempt;
import io.synchronik.impl.item.claim.ItemIntake;
import io.synchronik.impl.item.claim.ItemSlice;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.run.ItemId;
import java.util.Set;

/** Work of this node on items that were withdrawn meanwhile. */
final class ItemInterrupts {
  private final Transactions transactions;
  private final Dispatcher dispatcher;
  private final ItemIntake intake;
  private final ItemSets sets = new ItemSets();

  /** Sets whose items were withdrawn lately, and why; they are never worked on again. */
  private final Lately<Long, String> withdrawn = new Lately<>();

  ItemInterrupts(Transactions transactions, Dispatcher dispatcher, ItemIntake intake) {
    this.transactions = transactions;
    this.dispatcher = dispatcher;
    this.intake = intake;
  }

  /** A slice begins: maybe too late. */
  void begins(ItemSlice slice) {
    String why = withdrawn.of(slice.run().set());
    if (why != null) {
      slice.stop(new Execution.Stop.Cancelled(why));
    }
  }

  /** Interrupts what another node has ended. */
  void interruptEnded() {
    Set<Long> held = intake.heldSets();
    if (!held.isEmpty()) {
      transactions
          .own(tx -> sets.ended(tx.session(), held))
          .forEach(set -> interrupt(set, "its run has ended"));
    }
  }

  /** Interrupts the work on a set, and gives none of it to threads any more. */
  void interrupt(long set, String why) {
    // First: a slice whose claim has just come true, or that a thread has just taken, is in no
    // list
    withdrawn.say(set, why);
    Execution.Stop stop = new Execution.Stop.Cancelled(why);
    dispatcher.active(ItemSlice.class).stream()
        .filter(slice -> slice.run().set() == set)
        .forEach(slice -> slice.stop(stop));
    for (Job job :
        dispatcher.takeBack(one -> one instanceof ItemSlice slice && slice.run().set() == set)) {
      if (job instanceof ItemSlice slice) {
        slice.rest().forEach(intake::settled);
      }
    }
  }

  /** Interrupts the attempt at one item. */
  void interrupt(ItemId item, String by) {
    for (ItemSlice slice : dispatcher.active(ItemSlice.class)) {
      ItemAttempt attempt = slice.current();
      if (attempt != null && attempt.items().stream().anyMatch(one -> one.id().equals(item))) {
        attempt.stop(new Execution.Stop.Cancelled(by));
      }
    }
  }
}
