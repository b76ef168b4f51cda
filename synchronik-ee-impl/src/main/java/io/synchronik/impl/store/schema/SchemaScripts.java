package io.synchronik.impl.store.schema;

import io.ebean.migration.MigrationConfig;
import io.ebean.migration.MigrationContext;
import io.ebean.migration.MigrationRunner;
import io.ebean.migration.MigrationVersion;
import io.synchronik.impl.store.jdbc.Dialect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The migrations of a database, as an index names them: scanning a jar in a WAR depends on how the
 * server unpacks it.
 *
 * @param database names the index
 * @param scripts in their order
 */
record SchemaScripts(String database, List<Script> scripts) {
  static final String FOLDER = "io/synchronik/schema";

  /** Unknown to the library, so it locks rows; names the script that creates its table. */
  private static final String PLATFORM = "synchronik";

  /**
   * One migration.
   *
   * @param file its name in the folder
   * @param checksum of its lines
   */
  record Script(String file, int checksum) {
    private static Script parse(String line) {
      int comma = line.indexOf(',');
      return new Script(
          line.substring(comma + 1).trim(), Integer.parseInt(line.substring(0, comma)));
    }

    private String text() {
      try (InputStream in = open(file)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private MigrationVersion version() {
      return MigrationVersion.parse(file);
    }

    private String difference(Map<String, Integer> history) {
      String what = history.containsKey(version().normalised()) ? "changed since" : "not applied";
      return "%s %s: %s"
          .formatted(version().normalised(), version().comment().replace('_', ' '), what);
    }

    private boolean isIn(Map<String, Integer> history) {
      return Objects.equals(history.get(version().normalised()), checksum);
    }
  }

  private record Context(
      Connection connection, String migrationPath, String platform, String basePlatform)
      implements MigrationContext {}

  static SchemaScripts of(Dialect dialect) {
    String database = dialect.name().toLowerCase(Locale.ROOT);
    try (BufferedReader index =
        new BufferedReader(
            new InputStreamReader(
                open("idx_" + database + ".migrations"), StandardCharsets.UTF_8))) {
      return new SchemaScripts(database, index.lines().map(Script::parse).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InputStream open(String file) {
    String path = "/" + FOLDER + "/" + file;
    return Objects.requireNonNull(SchemaScripts.class.getResourceAsStream(path), path);
  }

  /** Returns what a history lacks or has differently; later versions do not matter. */
  List<String> differences(Map<String, Integer> history) {
    return scripts.stream()
        .filter(script -> !script.isIn(history))
        .map(script -> script.difference(history))
        .toList();
  }

  /** Returns what they create. */
  SchemaObjects created() {
    return SchemaObjects.created(scripts.stream().map(Script::text).toList());
  }

  /** Runs and commits what the history lacks. */
  void run(Connection connection) {
    // The library looks for its table's script with the thread's class loader.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(SchemaScripts.class.getClassLoader());
    try {
      new MigrationRunner(config()).run(new Context(connection, FOLDER, PLATFORM, database));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private MigrationConfig config() {
    MigrationConfig config = new MigrationConfig();
    config.setClassLoader(SchemaScripts.class.getClassLoader());
    config.setMetaTable(SchemaHistory.TABLE);
    config.setMigrationPath(FOLDER);
    // There is none; where the library looks without being told, the application may have its own.
    config.setMigrationInitPath(FOLDER + "/init");
    config.setBasePlatform(database);
    config.setPlatform(PLATFORM);
    return config;
  }
}
