package io.synchronik.impl.bulk;

import io.synchronik.bulk.BulkFilter;
import io.synchronik.impl.item.ItemBites;
import io.synchronik.impl.store.item.FailedItems;
import io.synchronik.impl.tx.Tx;
import io.synchronik.run.ItemId;
import java.util.List;

/** Items, tried again or withdrawn. */
final class ItemKind implements Kind {
  private static final int MOST = 500;

  private final ItemBites items;

  ItemKind(ItemBites items) {
    this.items = items;
  }

  @Override
  public int most() {
    return MOST;
  }

  @Override
  public long count(Tx tx, Wanted wanted) {
    return items.count(tx, meant(wanted));
  }

  @Override
  public List<String> behind(Tx tx, Wanted wanted, String after, int limit) {
    ItemId id = after.isEmpty() ? null : ItemId.of(after);
    return items.behind(tx, meant(wanted), id, limit).stream().map(ItemId::toString).toList();
  }

  @Override
  public Bitten bite(Tx tx, Wanted wanted, List<String> keys) {
    ItemBites.Bitten bitten =
        items.bite(tx, meant(wanted), keys.stream().map(ItemId::of).toList(), wanted.why());
    return new Bitten(
        bitten.done().values().stream().mapToLong(Long::longValue).sum(),
        bitten.skipped(),
        0,
        null,
        bitten.held().stream().map(ItemId::toString).toList(),
        bitten.done());
  }

  /** Tells of a set whose items were tried again. */
  void announce(Tx tx, BulkFilter.Items filter, long set, long done) {
    items.announce(tx, set, done, kind(filter));
  }

  private static ItemBites.Meant meant(Wanted wanted) {
    BulkFilter.Items filter = (BulkFilter.Items) wanted.filter();
    return new ItemBites.Meant(
        wanted.isRetry(),
        new ItemBites.Which(filter.ids(), filter.run(), filter.unit(), kind(filter)),
        wanted.at());
  }

  private static FailedItems.Kind kind(BulkFilter.Items filter) {
    return new FailedItems.Kind(filter.failure(), filter.group());
  }
}
