package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;

/**
 * One round of one contender.
 *
 * @param kind the contender
 * @param settings how it says that it is configured
 * @param items what they told
 * @param working usage from its start until the last item ran
 * @param whole usage until all connections were closed
 * @param account of what ran and what is in the database
 */
record ItemRound(
    ItemKind kind, String settings, Items items, Usage working, Usage whole, Account account) {
  private static final Duration WINDOW =
      Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 60));
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * What must be zero.
   *
   * @param ranNotRecorded items that ran, and the database does not say so
   * @param recordedNotRan items that did not run, and the database says so
   * @param twice runs of items that had run before
   * @param effectNotRecorded rows of the application without a recorded end
   * @param recordedNoEffect recorded ends without a row of the application
   * @param statements executed in the database
   */
  record Account(
      int ranNotRecorded,
      int recordedNotRan,
      int twice,
      int effectNotRecorded,
      int recordedNoEffect,
      long statements) {
    int lost() {
      return ranNotRecorded + recordedNotRan + twice + effectNotRecorded + recordedNoEffect;
    }
  }

  static ItemRound measure(Statements counted, ItemKind kind, ItemLoad load) throws Exception {
    Items items = new Items(load.items());
    try (Database database = counted.create(kind.name())) {
      ItemWork.createTable(database);
      ItemContender contender = kind.open(database, load, items);
      String settings = contender.settings();
      Usage before;
      Usage working;
      long statements;
      try {
        contender.enqueue(load.items());
        database.execute("vacuum analyze");
        database.execute("checkpoint");
        statements = Statements.executed(database);
        before = Usage.now(database, items.tally());
        contender.start();
        items.await(WINDOW);
        working = Usage.now(database, items.tally()).since(before);
      } finally {
        contender.stop();
      }
      awaitAlone(database);
      Usage whole = Usage.now(database, items.tally()).since(before);
      statements = Statements.executed(database) - statements;
      BitSet recorded = contender.recorded(load.items());
      Account account =
          account(items, recorded, load.transactional() ? database : null, statements);
      return new ItemRound(kind, settings, items, working, whole, account);
    }
  }

  /** A connection's commits are counted for certain when it has been closed. */
  private static void awaitAlone(Database database) {
    Await.until(
        PATIENCE,
        () -> {
          try {
            return database.number(
                    "select count(*) from pg_stat_activity where datname = current_database()"
                        + " and backend_type = 'client backend'")
                == 1;
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Account account(Items items, BitSet recorded, Database effects, long statements)
      throws SQLException {
    BitSet ran = items.ran();
    BitSet effect = effects == null ? recorded : ItemWork.effects(effects);
    return new Account(
        without(ran, recorded),
        without(recorded, ran),
        items.twice(),
        without(effect, recorded),
        without(recorded, effect),
        statements);
  }

  private static int without(BitSet set, BitSet other) {
    BitSet rest = (BitSet) set.clone();
    rest.andNot(other);
    return rest.cardinality();
  }

  double perSecond() {
    return items.perSecond();
  }

  double perThousand(long number) {
    return 1000.0 * number / whole.runs();
  }

  /** Returns the processor time per item, of so many cores while items ran. */
  double micros(double cores) {
    return 1e6 * cores / working.runsPerSecond();
  }
}
