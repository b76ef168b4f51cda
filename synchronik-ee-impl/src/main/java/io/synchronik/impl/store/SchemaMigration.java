package io.synchronik.impl.store;

import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.SchemaMode;
import io.synchronik.run.SynchronikException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.api.output.ValidateResult;

/**
 * Brings the schema up to date, or says what it lacks. A schema newer than the jar is fine:
 * migrations only add. For use outside JTA transactions; takes three connections at a time.
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
    switch (mode) {
      case MIGRATE -> migrate();
      case VALIDATE -> validate();
      case NONE -> {}
    }
  }

  private void migrate() {
    Flyway flyway = flyway();
    try {
      SchemaLock.hold(datasource, flyway::migrate);
    } catch (FlywayException | SQLException e) {
      throw failure(e);
    }
  }

  private void validate() {
    ValidateResult result;
    try {
      result = flyway().validateWithResult();
    } catch (FlywayException e) {
      throw failure(e);
    }
    if (!result.validationSuccessful) {
      throw new SynchronikException(
          Message.SCHEMA_DIFFERS.with(
              result.invalidMigrations.stream()
                  .map(SchemaMigration::difference)
                  .collect(Collectors.joining("; "))));
    }
  }

  private static String difference(ValidateOutput migration) {
    return "%s %s: %s"
        .formatted(
            migration.version,
            migration.description,
            migration.errorDetails.errorCode.toString().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  /** A schema that is not empty counts as version 0: what stands there is the application's. */
  private Flyway flyway() {
    return Flyway.configure(SchemaMigration.class.getClassLoader())
        .dataSource(datasource)
        .table("sk_schema_history")
        .resourceProvider(SchemaScripts.of(Dialect.of(datasource)))
        .javaMigrationClassProvider(List::of)
        .skipDefaultCallbacks(true)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .ignoreMigrationPatterns("*:future")
        .placeholderReplacement(false)
        .cleanDisabled(true)
        .load();
  }

  private static SynchronikException failure(Exception cause) {
    return new SynchronikException(
        Message.SCHEMA_FAILED.with(String.valueOf(cause.getMessage())), cause);
  }
}
