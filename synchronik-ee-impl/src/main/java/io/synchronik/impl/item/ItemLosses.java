package io.synchronik.impl.item;

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
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes items back whose node is gone, or that this node owns by the tables alone. */
public final class ItemLosses implements Takeover {
  private static final int BITE = 1000;

  private final Core core;
  private final ItemEnds ends;
  private final ItemStore store = new ItemStore();
  private final ItemSets sets = new ItemSets();

  /** What no thread worked on at the last look. */
  private Set<ItemStore.Owned> idleBefore = Set.of();

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
   * Gives back what this node owns by the tables and does not work on: the commit of its claim
   * failed and came true all the same. Two looks, as a claim may just be on its way.
   */
  void giveBackLost(Predicate<ItemStore.Owned> worksOn) {
    String incarnation = core.journal().incarnation();
    Set<ItemStore.Owned> idle = Set.copyOf(idle(incarnation, worksOn));
    List<ItemStore.Owned> twice = idle.stream().filter(idleBefore::contains).toList();
    idleBefore = idle;
    if (!twice.isEmpty()) {
      core.transactions()
          .briefly(
              tx -> {
                List<ItemStore.Owned> still =
                    store.lockOwnedAndFree(tx.session(), incarnation, BITE);
                still.retainAll(twice);
                return end(tx, still, false);
              });
    }
  }

  private List<ItemStore.Owned> idle(String incarnation, Predicate<ItemStore.Owned> worksOn) {
    List<ItemStore.Owned> owned =
        core.transactions().own(tx -> store.owned(tx.session(), incarnation, BITE));
    return owned.stream().filter(worksOn.negate()).toList();
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
