package io.synchronik.impl.item;

import io.synchronik.impl.node.Statistics;
import io.synchronik.impl.unit.Core;
import io.synchronik.item.ItemHooks;
import io.synchronik.item.ItemState;
import io.synchronik.run.RunState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What follows the commits that ended items, or gave them back. */
final class AfterItems implements ItemEnds.Followers {
  private static final Logger LOG = System.getLogger(AfterItems.class.getName());

  private final Core core;
  private final Statistics statistics;
  private final ItemNews news;
  private final RunningItems running;

  /**
   * Creates it.
   *
   * @param running used when items have ended, not before it is prepared
   */
  AfterItems(Core core, Statistics statistics, ItemNews news, RunningItems running) {
    this.core = core;
    this.statistics = statistics;
    this.news = news;
    this.running = running;
  }

  @Override
  public void applied(List<ItemEnds.Applied> all) {
    Set<Long> sets = new HashSet<>();
    Set<Long> failed = new HashSet<>();
    for (ItemEnds.Applied one : all) {
      running.intake().settled(one.ended().item());
      applied(one, sets, failed);
    }
    for (long set : sets) {
      if (failed.contains(set) || !running.intake().worksOn(set)) {
        running.lane().offer(set);
      } else {
        running.lane().offerLater(set);
      }
    }
  }

  private void applied(ItemEnds.Applied one, Set<Long> sets, Set<Long> failed) {
    long set = one.ended().item().id().set();
    RunState state = one.change().state();
    switch (state) {
      case COMPLETED, FAILED -> {
        sets.add(set);
        boolean completed = state == RunState.COMPLETED;
        running
            .policies()
            .remember(one.ended().item().id(), completed ? ItemState.COMPLETED : ItemState.FAILED);
        if (!completed) {
          failed.add(set);
        }
        news.ended(one, completed ? ItemHooks::onItemCompleted : ItemHooks::onItemFailed);
      }
      case CANCELED -> sets.add(set);
      default -> {
        Instant due = ItemEnds.dueAt(one);
        if (due != null && due.isAfter(core.clock().instant())) {
          running.intake().readyAt(due);
        } else {
          running.ready(set);
        }
      }
    }
  }

  @Override
  public void rejected(List<ItemEnds.Ended> rejected) {
    for (ItemEnds.Ended one : rejected) {
      running.intake().settled(one.item());
      // Items that were withdrawn with their run are refused as well
      LOG.log(Level.DEBUG, "The end of item {0} came with an old fence", one.item().id());
      statistics.rejected();
    }
  }
}
