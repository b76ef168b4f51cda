package io.synchronik.impl.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One change for many rows. Written once with {@code :names} for the values of a row: as an insert
 * with {@code values}, or an update or delete of one table under the alias {@code t} with a {@code
 * where}. PostgreSQL gets one statement with an array per value, which costs it a fraction of as
 * many executions; other databases get a batch.
 */
final class Bulk {
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
   */
  private record Value(String name, String type) {}

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
  static Bulk of(String sql, String... values) {
    return new Bulk(
        sql,
        Arrays.stream(values)
            .map(value -> value.split(" ", 2))
            .map(parts -> new Value(parts[0], parts[1]))
            .toList());
  }

  private String insert(String sql) {
    int at = sql.indexOf("values (");
    String into = sql.substring(0, at);
    String row = sql.substring(at + "values (".length(), sql.lastIndexOf(')'));
    return into + "select " + named(row) + " from " + rows() + " order by v.row_number";
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

  private static String named(String sql) {
    Matcher matcher = NAME.matcher(sql);
    return matcher.replaceAll("v.$1");
  }

  private String rows() {
    String arrays =
        values.stream()
            .map(value -> "cast(? as " + value.type + "[])")
            .collect(Collectors.joining(", "));
    String columns = values.stream().map(Value::name).collect(Collectors.joining(", "));
    return "unnest(" + arrays + ") with ordinality as v(" + columns + ", row_number)";
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
