package io.synchronik.impl.bulk;

import io.synchronik.bulk.BulkFilter;
import io.synchronik.impl.item.ItemBites;
import io.synchronik.impl.run.RunBites;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Units;
import java.util.List;

/** What the same is done to, by the filter that chooses it. */
final class Kinds {
  private final RunKind runs;
  private final ItemKind items;
  private final UnitKind units;

  Kinds(RunBites runs, ItemBites items, Units units) {
    this.runs = new RunKind(runs);
    this.items = new ItemKind(items);
    this.units = new UnitKind(units);
  }

  /** Returns how many have their turn in one transaction. */
  int most(Wanted wanted) {
    return kind(wanted.filter()).most();
  }

  /** Returns how many there are. */
  long count(Tx tx, Wanted wanted) {
    return kind(wanted.filter()).count(tx, wanted);
  }

  /** Returns the keys of the first behind one, in their order. */
  List<String> behind(Tx tx, Wanted wanted, String after, int limit) {
    return kind(wanted.filter()).behind(tx, wanted, after, limit);
  }

  /** Does it to those of some keys that are still as they were found. */
  Kind.Bitten bite(Tx tx, Wanted wanted, List<String> keys) {
    return kind(wanted.filter()).bite(tx, wanted, keys);
  }

  /** Tells of a set whose items were tried again. */
  void announce(Tx tx, Wanted wanted, long set, long done) {
    if (wanted.filter() instanceof BulkFilter.Items filter) {
      items.announce(tx, filter, set, done);
    }
  }

  private Kind kind(BulkFilter filter) {
    if (filter instanceof BulkFilter.Runs) {
      return runs;
    }
    return filter instanceof BulkFilter.Items ? items : units;
  }
}
