package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;

/** How items are kept by hand, and the statements for it. */
enum BareTable {
  /** All in one table; claims and owners are found by partial indexes. */
  ONE(
      """
      update item set state = 'started', owner = ?, fence = fence + 1, attempt = attempt + 1,
        started_at = now()
      where ctid = any (array(
          select ctid from item where app = ? and item_set = 1 and state = 'ready'
          order by priority desc, n limit ? for update skip locked))
      returning n, fence
      """),
  /**
   * What is ready stands in a narrow table of its own. No index of the wide one contains what
   * changes, so that its updates are heap-only; but nothing finds the items of an owner.
   */
  READY_APART(
      """
      with claimed as (
        delete from ready where ctid = any (array(
          select ctid from ready where app = ? and item_set = 1
          order by priority desc, n limit ? for update skip locked))
        returning n)
      update item i set state = 'started', owner = ?, fence = fence + 1, attempt = attempt + 1,
        started_at = now()
      from claimed c where i.app = ? and i.item_set = 1 and i.n = c.n
      returning i.n, i.fence
      """);

  static final String APPLICATION = "/shop";
  static final String OWNER = "0b1de0a3-5d3f-4f6e-9f42-2f1b6a7d3c11";
  static final int FILLFACTOR = Integer.getInteger("benchmark.fillfactor", 50);

  /** The owner in a form that no index has: statistics never know how many are started. */
  private static final String COMPLETE =
      """
      update item i set state = 'completed', owner = null, ended_at = now()
      from unnest(?::bigint[], ?::bigint[]) as ended (n, fence)
      where i.app = ? and i.item_set = 1 and i.n = ended.n and i.fence = ended.fence
        and i.owner || '' = ?
      """;

  private static final String COMPLETE_ONE =
      """
      update item set state = 'completed', owner = null, ended_at = now()
      where app = ? and item_set = 1 and n = ? and fence = ? and owner || '' = ?
      """;

  private static final String INSERT =
      """
      insert into item (app, item_set, n, state, priority, payload)
      select ?, 1, added.n, 'ready', 0, added.payload
      from unnest(?::bigint[], ?::varchar[]) as added (n, payload)
      """;

  private static final String INSERT_READY =
      """
      insert into ready (app, item_set, n, priority)
      select ?, 1, added.n, 0 from unnest(?::bigint[]) as added (n)
      """;

  private final String claim;

  BareTable(String claim) {
    this.claim = claim;
  }

  void create(Database database) throws SQLException {
    createTable(database);
    createIndexes(database);
  }

  static void createTable(Database database) throws SQLException {
    database.execute(
        """
        create table item (
          app varchar(200) not null, item_set bigint not null, n bigint not null,
          state varchar(16) not null, priority integer not null, due_at timestamptz,
          item_key varchar(200), attempt integer not null default 0,
          losses integer not null default 0, owner varchar(36), fence bigint not null default 0,
          payload varchar, result varchar, failure varchar,
          started_at timestamptz, ended_at timestamptz)
        with (fillfactor = %d, autovacuum_vacuum_scale_factor = 0.02,
          autovacuum_vacuum_threshold = 10000, autovacuum_analyze_scale_factor = 0.02)
        """
            .formatted(FILLFACTOR));
  }

  void createIndexes(Database database) throws SQLException {
    database.execute("alter table item add primary key (app, item_set, n)");
    if (this == ONE) {
      database.execute(
          "create index on item (app, item_set, priority desc, n) where state = 'ready'");
      database.execute("create index on item (app, item_set, owner) where state = 'started'");
    } else {
      database.execute(
          "create table ready (app varchar(200) not null, item_set bigint not null,"
              + " n bigint not null, priority integer not null)"
              + " with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000)");
      database.execute("create index on ready (app, item_set, priority desc, n)");
    }
  }

  PreparedStatement claim(Connection connection, int batch) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(claim);
    if (this == ONE) {
      statement.setString(1, OWNER);
      statement.setString(2, APPLICATION);
      statement.setInt(3, batch);
    } else {
      statement.setString(1, APPLICATION);
      statement.setInt(2, batch);
      statement.setString(3, OWNER);
      statement.setString(4, APPLICATION);
    }
    return statement;
  }

  /** Completes items that are still the owner's; throws if one is not. */
  static void complete(Connection connection, List<Claim> claims) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COMPLETE)) {
      statement.setArray(1, numbers(connection, claims.stream().map(Claim::item).toArray()));
      statement.setArray(2, numbers(connection, claims.stream().map(Claim::fence).toArray()));
      statement.setString(3, APPLICATION);
      statement.setString(4, OWNER);
      require(claims.size(), statement.executeUpdate());
    }
  }

  static void complete(Connection connection, Claim claim) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COMPLETE_ONE)) {
      statement.setString(1, APPLICATION);
      statement.setLong(2, claim.item());
      statement.setLong(3, claim.fence());
      statement.setString(4, OWNER);
      require(1, statement.executeUpdate());
    }
  }

  private static void require(int expected, int changed) {
    if (changed != expected) {
      throw new IllegalStateException("Somebody else has " + (expected - changed));
    }
  }

  /** Inserts the items {@code from} to {@code end - 1}. */
  void insert(Connection connection, int from, int end) throws SQLException {
    Object[] numbers = new Object[end - from];
    Object[] payloads = new Object[end - from];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (long) (from + i);
      payloads[i] = payload(from + i);
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT);
        PreparedStatement ready =
            this == ONE ? insert : connection.prepareStatement(INSERT_READY)) {
      insert.setString(1, APPLICATION);
      insert.setArray(2, numbers(connection, numbers));
      insert.setArray(3, connection.createArrayOf("varchar", payloads));
      insert.executeUpdate();
      if (this == READY_APART) {
        ready.setString(1, APPLICATION);
        ready.setArray(2, numbers(connection, numbers));
        ready.executeUpdate();
      }
    }
  }

  static String payload(int item) {
    return "{\"order\":" + item + "}";
  }

  private static Array numbers(Connection connection, Object[] numbers) throws SQLException {
    return connection.createArrayOf("int8", numbers);
  }

  static BitSet completed(Database database) throws SQLException {
    BitSet completed = new BitSet();
    for (List<?> row : database.rows("select n from item where state = 'completed'")) {
      completed.set(((Long) row.get(0)).intValue());
    }
    return completed;
  }

  /** An item and the fence that it was claimed with. */
  record Claim(long item, long fence) {}
}
