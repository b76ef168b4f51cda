package io.synchronik.impl.item;

import io.synchronik.event.ItemChanged;
import io.synchronik.impl.item.add.ItemSignals;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.item.ItemControl;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemCounts.Counter;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.run.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fails items whose deadline has passed. */
final class ItemDeadlines {
  static final int BITE = 500;

  private final Core core;
  private final ItemSlots slots;
  private final ItemSignals signals;
  private final ItemControl control = new ItemControl();
  private final ItemSets sets = new ItemSets();

  ItemDeadlines(Core core, ItemSlots slots, ItemSignals signals) {
    this.core = core;
    this.slots = slots;
    this.signals = signals;
  }

  /** Ends as many as are a bite; returns how many. */
  int end(Tx tx) {
    List<ItemControl.Held> overdue = control.lockPastDeadline(tx.session(), tx.now(), BITE);
    Map<Long, Optional<ItemSets.Found>> of = new HashMap<>();
    ItemCounts counts = new ItemCounts();
    Failure failure = new Failure("Deadline", Message.DEADLINE.with("of the item"), "", null);
    for (ItemControl.Held item : overdue) {
      long id = item.id().set();
      Optional<ItemSets.Found> set =
          of.computeIfAbsent(id, known -> sets.find(tx.session(), known));
      control.end(tx.session(), item.id(), "failed", failure, tx.now());
      boolean started = item.state().equals("started");
      counts.move(id, started ? Counter.STARTED : Counter.INITIALIZED, Counter.FAILED, 1);
      set.ifPresent(
          known ->
              core.journal()
                  .add(
                      tx,
                      known.unit(),
                      known.run(),
                      origin ->
                          new ItemChanged(
                              origin,
                              item.id(),
                              ItemChanged.Change.FAILED,
                              item.attempt(),
                              failure)));
      tx.afterCommit(() -> signals.withdrawn(item.id(), failure.message()));
    }
    counts.write(tx.session(), slots.of(tx));
    return overdue.size();
  }
}
