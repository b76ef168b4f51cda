package io.synchronik.impl.item.add;

import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.item.NewItems;
import io.synchronik.item.ItemNotice;
import io.synchronik.run.ItemId;
import java.util.List;

/** What a change of items tells the rest of the engine; only signals. */
public interface ItemSignals {
  /** Items were added. */
  void added(ItemSets.Found set, List<NewItems.New> items);

  /** Items of a set may be ready, or its enumeration has ended. */
  void ready(long set);

  /** Items have become final, or somebody wants the run to end. */
  void moved(long set);

  /** An item was withdrawn by hand. */
  void canceled(String unit, ItemNotice item);

  /** An item was ended from outside; whoever works on it is to stop. */
  void withdrawn(ItemId item, String by);

  /** Something is to be done with many items. */
  void bulk();
}
