package io.synchronik.impl.store.schema;

import io.synchronik.impl.store.jdbc.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables, columns, indexes and sequences by their names: those that scripts create, and those that
 * are there.
 */
final class SchemaObjects {
  private static final Pattern TABLE =
      Pattern.compile("create table (\\w+) ?\\((.*)\\)", Pattern.DOTALL);
  private static final Pattern COLUMN = Pattern.compile("alter table (\\w+) add column (\\w+) .*");
  private static final Pattern COLUMN_GONE =
      Pattern.compile("alter table (\\w+) drop column (\\w+)");
  private static final Pattern NAMED =
      Pattern.compile("create (?:unique )?(index|sequence) (\\w+) .*", Pattern.DOTALL);
  private static final Pattern GONE = Pattern.compile("drop (index|sequence) (\\w+)");
  private static final Set<String> NO_COLUMNS =
      Set.of("constraint", "primary", "unique", "check", "foreign");

  /** Both columns of each: what it is, and its name. H2's own names may be sensitive to case. */
  private static final String H2 =
      """
      select 'table', lower(TABLE_NAME) from INFORMATION_SCHEMA.TABLES
      where TABLE_SCHEMA = schema()
      union all select 'column', lower(TABLE_NAME || '.' || COLUMN_NAME)
      from INFORMATION_SCHEMA.COLUMNS where TABLE_SCHEMA = schema()
      union all select 'index', lower(INDEX_NAME) from INFORMATION_SCHEMA.INDEXES
      where TABLE_SCHEMA = schema()
      union all select 'sequence', lower(SEQUENCE_NAME) from INFORMATION_SCHEMA.SEQUENCES
      where SEQUENCE_SCHEMA = schema()
      """;

  private static final String POSTGRESQL =
      """
      select 'table', table_name::text from information_schema.tables
      where table_schema = any(current_schemas(false))
      union all select 'column', table_name || '.' || column_name from information_schema.columns
      where table_schema = any(current_schemas(false))
      union all select 'index', indexname::text from pg_indexes
      where schemaname = any(current_schemas(false))
      union all select 'sequence', sequence_name::text from information_schema.sequences
      where sequence_schema = any(current_schemas(false))
      """;

  private final Set<String> names = new TreeSet<>();

  private SchemaObjects() {}

  /** Returns what scripts create, one after the other. */
  static SchemaObjects created(List<String> scripts) {
    SchemaObjects objects = new SchemaObjects();
    for (String script : scripts) {
      for (String statement : script.replaceAll("--[^\\n]*", "").split(";", -1)) {
        objects.run(statement.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT));
      }
    }
    return objects;
  }

  /** Returns what a connection sees without naming a schema. */
  static SchemaObjects present(Connection connection, Dialect dialect) throws SQLException {
    SchemaObjects objects = new SchemaObjects();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(dialect == Dialect.POSTGRESQL ? POSTGRESQL : H2)) {
      while (rows.next()) {
        objects.names.add(rows.getString(1) + " " + rows.getString(2));
      }
    }
    return objects;
  }

  private void run(String statement) {
    Matcher table = TABLE.matcher(statement);
    Matcher column = COLUMN.matcher(statement);
    Matcher columnGone = COLUMN_GONE.matcher(statement);
    Matcher named = NAMED.matcher(statement);
    Matcher gone = GONE.matcher(statement);
    if (table.matches()) {
      names.add("table " + table.group(1));
      for (String element : elements(table.group(2))) {
        String first = element.strip().split(" ", 2)[0];
        if (!NO_COLUMNS.contains(first)) {
          names.add("column " + table.group(1) + "." + first);
        }
      }
    } else if (column.matches()) {
      names.add("column " + column.group(1) + "." + column.group(2));
    } else if (columnGone.matches()) {
      names.remove("column " + columnGone.group(1) + "." + columnGone.group(2));
    } else if (named.matches()) {
      names.add(named.group(1) + " " + named.group(2));
    } else if (gone.matches()) {
      names.remove(gone.group(1) + " " + gone.group(2));
    }
  }

  /** Splits at the commas outside of parentheses. */
  private static List<String> elements(String body) {
    List<String> elements = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        elements.add(body.substring(from, i));
        from = i + 1;
      }
    }
    elements.add(body.substring(from));
    return elements;
  }

  /** Returns the names: {@code table sk_unit}, {@code column sk_unit.id}. */
  Set<String> names() {
    return Set.copyOf(names);
  }

  /** Returns what others lack of these, in words; columns of a missing table are not told. */
  List<String> missingFrom(SchemaObjects others) {
    return names.stream()
        .filter(name -> !others.names.contains(name))
        .filter(
            name -> {
              int dot = name.indexOf('.');
              return dot < 0 || others.names.contains("table " + name.substring(7, dot));
            })
        .map(name -> "the " + name + " is missing")
        .toList();
  }
}
