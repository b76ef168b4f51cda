package io.synchronik.impl.store.jdbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One change for many rows. Written once with {@code :names} for the values of a row: as an insert
 * with {@code values}, or an update or delete of one table under the alias {@code t} with a {@code
 * where}. PostgreSQL gets one statement with an array per value, which costs it a fraction of as
 * many executions; other databases get a batch.
 */
public final class Bulk {
  private static final Pattern NAME = Pattern.compile("(?<!:):([a-z_]+)");

  private final List<Value> values;
  private final String single;
  private final List<Integer> order = new ArrayList<>();
  private final String many;

  /**
   * A value of each row.
   *
   * @param name in the statement
   * @param type of the database
   * @param shared whether it is the same in all rows
   */
  private record Value(String name, String type, boolean shared) {
    static Value of(String text) {
      String[] parts = text.split(" ", 2);
      boolean shared = parts[1].endsWith("*");
      String type = shared ? parts[1].substring(0, parts[1].length() - 1) : parts[1];
      return new Value(parts[0], type, shared);
    }
  }

  private Bulk(String sql, List<Value> values) {
    this.values = values;
    List<String> names = values.stream().map(Value::name).toList();
    this.single =
        NAME.matcher(sql)
            .replaceAll(
                match -> {
                  order.add(names.indexOf(match.group(1)));
                  return "?";
                });
    this.many = sql.startsWith("insert") ? insert(sql) : update(sql);
  }

  /**
   * Prepares a change.
   *
   * @param sql the statement
   * @param values name and type of each value of a row, in the order in which rows have them
   */
  public static Bulk of(String sql, String... values) {
    return new Bulk(sql, Arrays.stream(values).map(Value::of).toList());
  }

  private String insert(String sql) {
    int at = sql.indexOf("values (");
    String into = sql.substring(0, at);
    int end = sql.indexOf("on conflict");
    String values = end < 0 ? sql : sql.substring(0, end);
    String row = values.substring(at + "values (".length(), values.lastIndexOf(')'));
    String rest = end < 0 ? "" : " " + sql.substring(end);
    return into + "select " + named(row) + " from " + rows() + " order by v.row_number" + rest;
  }

  private String update(String sql) {
    int at = sql.indexOf("where ");
    return named(sql.substring(0, at))
        + (sql.startsWith("delete") ? " using " : " from ")
        + rows()
        + " "
        + named(sql.substring(at))
        + " returning v.row_number";
  }

  private String named(String sql) {
    Set<String> shared =
        values.stream().filter(Value::shared).map(Value::name).collect(Collectors.toSet());
    return NAME.matcher(sql)
        .replaceAll(match -> (shared.contains(match.group(1)) ? "k." : "v.") + match.group(1));
  }

  /** Values in their order: those that rows share come first. */
  private String rows() {
    String arrays = joined(false, value -> "cast(? as " + value.type + "[])");
    String columns = joined(false, Value::name);
    String rows = "unnest(" + arrays + ") with ordinality as v(" + columns + ", row_number)";
    String shared = joined(true, value -> "cast(? as " + value.type + ") as " + value.name);
    return shared.isEmpty() ? rows : "(select " + shared + ") k cross join " + rows;
  }

  private String joined(boolean shared, Function<Value, String> text) {
    return values.stream()
        .filter(value -> value.shared == shared)
        .map(text)
        .collect(Collectors.joining(", "));
  }

  boolean shared(int value) {
    return values.get(value).shared;
  }

  /** Returns the values in the order in which the statement for many rows takes them. */
  List<Integer> order() {
    return IntStream.range(0, values.size())
        .boxed()
        .sorted(Comparator.comparing(value -> !values.get(value).shared))
        .toList();
  }

  /** Returns the statement for one row. */
  String single() {
    return single;
  }

  /** Returns the values of a row as the statement for one row takes them. */
  @Nullable Object[] ordered(@Nullable Object[] row) {
    return order.stream().map(value -> row[value]).toArray();
  }

  /**
   * Returns PostgreSQL's statement for many rows; an update returns the numbers of those it met.
   */
  String many() {
    return many;
  }

  boolean returnsRows() {
    return !single.startsWith("insert");
  }

  String type(int value) {
    return values.get(value).type();
  }

  int width() {
    return values.size();
  }
}
