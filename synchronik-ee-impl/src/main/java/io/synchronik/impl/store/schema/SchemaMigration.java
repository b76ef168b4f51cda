package io.synchronik.impl.store.schema;

import io.ebean.migration.MigrationException;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.SchemaMode;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.run.SynchronikException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Brings the schema up to date, or says what it lacks. A schema newer than the jar is fine:
 * migrations only add. For use outside JTA transactions; takes two connections at a time.
 */
public final class SchemaMigration {
  private final DataSource datasource;
  private final SchemaMode mode;

  public SchemaMigration(DataSource datasource, SchemaMode mode) {
    this.datasource = datasource;
    this.mode = mode;
  }

  /**
   * Does what the mode asks for. Nodes may do so at once; one migrates, the others wait.
   *
   * @throws SynchronikException if the schema lacks something afterwards
   */
  public void apply() {
    if (mode == SchemaMode.NONE) {
      return;
    }
    Dialect dialect = Dialect.of(datasource);
    SchemaScripts scripts = SchemaScripts.of(dialect);
    try {
      List<String> differences =
          scripts.differences(LocalTransaction.of(datasource, SchemaHistory::read));
      if (differences.isEmpty() && mode == SchemaMode.VALIDATE) {
        SchemaObjects present =
            LocalTransaction.of(
                datasource, connection -> SchemaObjects.present(connection, dialect));
        differences = scripts.created().missingFrom(present);
      }
      if (differences.isEmpty()) {
        return;
      }
      if (mode == SchemaMode.VALIDATE) {
        throw differing(Message.SCHEMA_DIFFERS, differences);
      }
      migrate(scripts);
    } catch (SQLException | MigrationException e) {
      throw failure(e);
    }
  }

  private void migrate(SchemaScripts scripts) throws SQLException {
    Map<String, Integer> history =
        SchemaLock.hold(
            datasource,
            connection -> {
              scripts.run(connection);
              return SchemaHistory.read(connection);
            });
    List<String> differences = scripts.differences(history);
    if (!differences.isEmpty()) {
      throw differing(Message.SCHEMA_FAILED, differences);
    }
  }

  private static SynchronikException differing(Message message, List<String> differences) {
    return new SynchronikException(message.with(String.join("; ", differences)));
  }

  private static SynchronikException failure(Exception thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String what =
        root == thrown
            ? String.valueOf(root.getMessage())
            : thrown.getMessage() + ": " + root.getMessage();
    return new SynchronikException(Message.SCHEMA_FAILED.with(what), thrown);
  }
}
