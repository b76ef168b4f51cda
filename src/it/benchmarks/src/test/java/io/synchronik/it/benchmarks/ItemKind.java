package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who works off items, and how many at most so that a round does not take too long. */
enum ItemKind {
  QUARTZ("Quartz", 3_000, false) {
    @Override
    ItemContender open(Database database, ItemLoad load, Items items) throws Exception {
      return QuartzItems.open(database, load, items);
    }
  },
  DB_SCHEDULER("db-scheduler", 40_000, false) {
    @Override
    ItemContender open(Database database, ItemLoad load, Items items) throws Exception {
      return DbSchedulerItems.open(database, load, items);
    }
  },
  JOBRUNR("JobRunr", 10_000, false) {
    @Override
    ItemContender open(Database database, ItemLoad load, Items items) {
      return JobRunrItems.open(database, load, items);
    }
  },
  SYNCHRONIK("Synchronik", Integer.MAX_VALUE, true) {
    @Override
    ItemContender open(Database database, ItemLoad load, Items items) {
      return SynchronikItems.open(database, load, items, false);
    }
  },
  SYNCHRONIK_CHUNKS("chunks of 100", Integer.MAX_VALUE, true) {
    @Override
    ItemContender open(Database database, ItemLoad load, Items items) {
      return SynchronikItems.open(database, load, items, true);
    }
  },
  BARE("bare JDBC", Integer.MAX_VALUE, true) {
    @Override
    ItemContender open(Database database, ItemLoad load, Items items) throws Exception {
      return BareItems.open(database, BareTable.ONE, load, items);
    }
  },
  BARE_APART("bare, apart", Integer.MAX_VALUE, true) {
    @Override
    ItemContender open(Database database, ItemLoad load, Items items) throws Exception {
      return BareItems.open(database, BareTable.READY_APART, load, items);
    }
  };

  private final String label;
  private final int most;
  private final boolean oneTransaction;

  /**
   * Creates a contender.
   *
   * @param most the number of items by default
   * @param oneTransaction whether work in the database and its completion can commit together
   */
  ItemKind(String label, int most, boolean oneTransaction) {
    this.label = label;
    this.most = most;
    this.oneTransaction = oneTransaction;
  }

  abstract ItemContender open(Database database, ItemLoad load, Items items) throws Exception;

  String label() {
    return label;
  }

  boolean oneTransaction() {
    return oneTransaction;
  }

  /** Returns how many items of a number it gets: {@code benchmark.items.quartz} for Quartz. */
  int share(int items) {
    String key = "benchmark.items." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    return Math.min(items, Integer.getInteger(key, most));
  }

  /** Returns those that {@code benchmark.contenders} names, or all. */
  static List<ItemKind> chosen() {
    String names = System.getProperty("benchmark.contenders", "");
    if (names.isEmpty()) {
      return List.of(values());
    }
    List<ItemKind> kinds = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      kinds.add(valueOf(name.strip().toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    return kinds;
  }
}
