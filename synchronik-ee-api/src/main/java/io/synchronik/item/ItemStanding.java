package io.synchronik.item;

import io.synchronik.run.ItemId;
import java.util.List;

/**
 * How the items of a run stand when its policy is asked. Immutable.
 *
 * @param statistics how many are in which state
 * @param open whether more may be added: the enumeration goes on, or the run was kept open
 * @param ended items that have completed or failed on this node since the policy was asked last;
 *     none when it is asked after a restart
 */
public record ItemStanding(ItemStatistics statistics, boolean open, List<Ended> ended) {
  public ItemStanding {
    ended = List.copyOf(ended);
  }

  /**
   * An item that ended by itself.
   *
   * @param id the item
   * @param state completed or failed
   */
  public record Ended(ItemId id, ItemState state) {}

  /** Returns whether all items are final and none can come any more. */
  public boolean over() {
    return !open && statistics.allFinal();
  }
}
