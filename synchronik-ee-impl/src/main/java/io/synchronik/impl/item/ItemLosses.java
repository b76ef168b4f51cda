package io.synchronik.impl.item;

import io.synchronik.impl.item.claim.ItemSlice;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.node.Takeover;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.run.ItemId;
import io.synchronik.worker.NodeLoss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Takes items back whose node is gone, or that this node owns by the tables alone. */
public final class ItemLosses implements Takeover {
  private static final int BITE = 1000;

  private final Core core;
  private final ItemEnds ends;
  private final ItemStore store = new ItemStore();
  private final ItemSets sets = new ItemSets();

  ItemLosses(Core core, ItemEnds ends) {
    this.core = core;
    this.ends = ends;
  }

  @Override
  public List<String> ownersWithoutNode() {
    return core.transactions().own(tx -> store.ownersWithoutNode(tx.session()));
  }

  @Override
  public int takeOver(String incarnation) {
    int taken = 0;
    int bite;
    do {
      bite =
          core.transactions()
              .briefly(
                  tx -> end(tx, store.lockOwnedAndFree(tx.session(), incarnation, BITE), true));
      taken += bite;
    } while (bite == BITE);
    return taken;
  }

  /**
   * Gives back items whose claims are lost.
   *
   * @param among returns those of some that this node owns
   */
  void giveBackLost(UnaryOperator<List<ItemStore.Owned>> among) {
    String incarnation = core.journal().incarnation();
    List<ItemStore.Owned> owned =
        core.transactions().own(tx -> store.owned(tx.session(), incarnation, BITE));
    List<ItemStore.Owned> lost = among.apply(owned);
    if (!lost.isEmpty()) {
      core.transactions()
          .briefly(
              tx -> {
                List<ItemStore.Owned> still =
                    store.lockOwnedAndFree(tx.session(), incarnation, BITE);
                still.retainAll(lost);
                return end(tx, still, false);
              });
    }
  }

  private int end(Tx tx, List<ItemStore.Owned> items, boolean lost) {
    Map<Long, ItemSlice.@Nullable ItemRun> runs = new HashMap<>();
    List<ItemEnds.Ended> ended = new ArrayList<>();
    for (ItemStore.Owned item : items) {
      ItemSlice.ItemRun run = runs.computeIfAbsent(item.id().set(), set -> run(tx, item.id()));
      // A node that knows the worker knows whether it may be begun twice
      if (run != null) {
        boolean goesOn = run.config().retry().onNodeLoss() == NodeLoss.RETRY;
        ended.add(
            new ItemEnds.Ended(
                run, item, lost ? new AttemptEnd.Lost(goesOn) : new AttemptEnd.Interrupted()));
      }
    }
    if (!ended.isEmpty()) {
      ends.apply(tx, ended);
    }
    return ended.size();
  }

  private ItemSlice.@Nullable ItemRun run(Tx tx, ItemId item) {
    ItemSets.Found set = sets.find(tx.session(), item.set()).orElse(null);
    RegisteredWorker worker = set == null ? null : core.registry().worker(set.unit());
    ItemShape shape = worker == null ? null : worker.target().items();
    return set == null || worker == null || shape == null
        ? null
        : new ItemSlice.ItemRun(set.id(), set.run(), worker, shape, core.registry().config(worker));
  }
}
