package io.synchronik.impl.store.jdbc;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database inside one transaction: JDBC and JPA on the same connection pool and the same JTA
 * transaction. Used by one thread; closed before the transaction ends.
 */
public final class Session implements AutoCloseable {
  private final String app;
  private final DataSource datasource;
  private final EntityManagerFactory entityManagers;
  private final Dialect dialect;
  private @Nullable Connection connection;
  private @Nullable EntityManager entities;
  private @Nullable LockBounds bounds;
  private long boundWhenNeeded;
  private boolean locked;

  /** Opens a session; connections are taken when they are first needed. */
  public Session(
      String app, DataSource datasource, EntityManagerFactory entityManagers, Dialect dialect) {
    this.app = app;
    this.datasource = datasource;
    this.entityManagers = entityManagers;
    this.dialect = dialect;
  }

  /** Returns the application: the first column of every key. */
  public String app() {
    return app;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** Returns entities, which take locks by themselves. */
  public EntityManager entities() {
    if (entities == null) {
      entities = entityManagers.createEntityManager();
    }
    return entities;
  }

  /** Writes what was changed through entities. */
  public void flush() {
    if (entities != null) {
      entities.flush();
    }
  }

  /** Bounds lock waits and, where the database can, idle time of this transaction. */
  public void bound(long lockMillis, long idleMillis) {
    if (dialect == Dialect.POSTGRESQL) {
      first(
          """
          select set_config('lock_timeout', ?, true),
            set_config('idle_in_transaction_session_timeout', ?, true)
          """,
          row -> row.text(1),
          Long.toString(lockMillis),
          Long.toString(idleMillis));
    } else {
      bounds = LockBounds.of(this, lockMillis);
    }
  }

  /**
   * Bounds lock waits from the first statement on that may take locks until this is closed: the
   * transaction is somebody else's, and so are its bounds.
   */
  public void boundWhenNeeded(long lockMillis) {
    boundWhenNeeded = lockMillis;
  }

  /** Tells whether a statement may have taken locks. */
  public boolean hasLocked() {
    return locked;
  }

  /** Returns the connection's number in the database, 0 when it is not known. */
  public int backend() {
    return bounds == null ? 0 : bounds.backend();
  }

  private void mayLock() {
    locked = true;
    if (boundWhenNeeded > 0) {
      long millis = boundWhenNeeded;
      boundWhenNeeded = 0;
      bounds = LockBounds.of(this, millis);
    }
  }

  /** Returns the database's present time. */
  public Instant now() {
    return first("select " + dialect.now(), row -> row.at(1)).orElseThrow();
  }

  public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values) {
    try (PreparedStatement statement = prepare(sql)) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> read = new ArrayList<>();
        Row row = new Row(rows);
        while (rows.next()) {
          read.add(reader.read(row));
        }
        return read;
      }
    } catch (SQLException e) {
      throw new StoreException(sql, e);
    }
  }

  public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values) {
    return list(sql, reader, values).stream().findFirst();
  }

  public int update(String sql, @Nullable Object... values) {
    try (PreparedStatement statement = prepare(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException(sql, e);
    }
  }

  /** Runs one statement with many sets of values, in one round trip; returns the row counts. */
  public int[] batch(String sql, List<@Nullable Object[]> rows) {
    if (rows.isEmpty()) {
      return new int[0];
    }
    try (PreparedStatement statement = prepare(sql)) {
      for (@Nullable Object[] values : rows) {
        bind(statement, values);
        statement.addBatch();
      }
      return statement.executeBatch();
    } catch (SQLException e) {
      throw new StoreException(sql, e);
    }
  }

  /** Makes one change for many rows; tells for each whether its row was there. */
  public boolean[] bulk(Bulk change, List<@Nullable Object[]> rows) {
    boolean[] met = new boolean[rows.size()];
    if (rows.isEmpty()) {
      return met;
    }
    if (dialect == Dialect.POSTGRESQL) {
      bulkOfArrays(change, rows, met);
    } else {
      int[] counts = batch(change.single(), rows.stream().map(change::ordered).toList());
      for (int i = 0; i < met.length; i++) {
        met[i] = counts[i] == 1;
      }
    }
    return met;
  }

  private void bulkOfArrays(Bulk change, List<@Nullable Object[]> rows, boolean[] met) {
    try (PreparedStatement statement = prepare(change.many())) {
      int parameter = 1;
      for (int column : change.order()) {
        if (change.shared(column)) {
          statement.setObject(parameter++, text(rows.get(0)[column]));
        } else {
          statement.setArray(parameter++, array(statement, change, column, rows));
        }
      }
      if (!change.returnsRows()) {
        statement.executeUpdate();
        Arrays.fill(met, true);
        return;
      }
      try (ResultSet changed = statement.executeQuery()) {
        while (changed.next()) {
          met[changed.getInt(1) - 1] = true;
        }
      }
    } catch (SQLException e) {
      throw new StoreException(change.many(), e);
    }
  }

  /** The driver sends arrays of these classes without making texts of them. */
  private static Array array(
      PreparedStatement statement, Bulk change, int column, List<@Nullable Object[]> rows)
      throws SQLException {
    String type = change.type(column);
    @Nullable Object[] values =
        switch (type) {
          case "text" -> new @Nullable String[rows.size()];
          case "integer" -> new @Nullable Integer[rows.size()];
          case "bigint" -> new @Nullable Long[rows.size()];
          case "boolean" -> new @Nullable Boolean[rows.size()];
          default -> new @Nullable Object[rows.size()];
        };
    Object before = null;
    for (int i = 0; i < values.length; i++) {
      Object value = rows.get(i)[column];
      if (value != null && value.equals(before)) {
        // Rows of one transaction have most of their times in common
        values[i] = values[i - 1];
      } else {
        values[i] = typed(type, value);
      }
      before = value;
    }
    return statement.getConnection().createArrayOf(type, values);
  }

  private static @Nullable Object typed(String type, @Nullable Object value) {
    if (value instanceof Number number && type.equals("integer")) {
      return number.intValue();
    }
    if (value instanceof Number number && type.equals("bigint")) {
      return number.longValue();
    }
    Object text = text(value);
    return text != null && type.equals("text") ? text.toString() : text;
  }

  private static @Nullable Object text(@Nullable Object value) {
    return value instanceof Instant at ? at.toString() : withoutNul(value);
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    if (!locked && LockBounds.locks(sql)) {
      mayLock();
    }
    flush();
    if (connection == null) {
      connection = datasource.getConnection();
    }
    return connection.prepareStatement(sql);
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value instanceof Instant at) {
        statement.setObject(i + 1, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
      } else if (value instanceof Collection<?> many) {
        Array array =
            many.stream().anyMatch(Long.class::isInstance)
                ? statement.getConnection().createArrayOf("bigint", many.toArray(Long[]::new))
                : statement
                    .getConnection()
                    .createArrayOf(
                        "varchar", many.stream().map(Session::withoutNul).toArray(String[]::new));
        statement.setArray(i + 1, array);
      } else {
        statement.setObject(i + 1, withoutNul(value));
      }
    }
  }

  /** PostgreSQL takes no NUL, not even to look for it. */
  private static @Nullable Object withoutNul(@Nullable Object value) {
    return value instanceof String text ? text.replace('\0', '\uFFFD') : value;
  }

  @Override
  public void close() {
    if (bounds != null) {
      bounds.giveBack(this);
    }
    if (entities != null) {
      entities.close();
    }
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new StoreException("giving the connection back", e);
      }
    }
  }

  /** Reads one row. */
  public interface RowReader<T> {
    T read(Row row) throws SQLException;
  }

  /** The present row of a result; columns count from 1. */
  public static final class Row {
    private final ResultSet rows;

    private Row(ResultSet rows) {
      this.rows = rows;
    }

    public String text(int column) throws SQLException {
      return rows.getString(column);
    }

    public @Nullable String textOrNull(int column) throws SQLException {
      return rows.getString(column);
    }

    public int number(int column) throws SQLException {
      return rows.getInt(column);
    }

    public long big(int column) throws SQLException {
      return rows.getLong(column);
    }

    public @Nullable Long bigOrNull(int column) throws SQLException {
      long value = rows.getLong(column);
      return rows.wasNull() ? null : value;
    }

    public double decimal(int column) throws SQLException {
      return rows.getDouble(column);
    }

    public boolean flag(int column) throws SQLException {
      return rows.getBoolean(column);
    }

    public @Nullable Boolean flagOrNull(int column) throws SQLException {
      boolean value = rows.getBoolean(column);
      return rows.wasNull() ? null : value;
    }

    public Instant at(int column) throws SQLException {
      return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    public @Nullable Instant atOrNull(int column) throws SQLException {
      OffsetDateTime value = rows.getObject(column, OffsetDateTime.class);
      return value == null ? null : value.toInstant();
    }
  }
}
