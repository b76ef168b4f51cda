package io.synchronik.impl.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.impl.settings.SchemaMode;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.JtaPool;
import io.synchronik.run.SynchronikException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class SchemaMigrationIT {
  private static final int NODES = 4;

  @Parameter DatabaseKind kind;
  private Database database;
  private JtaPool pool;

  @BeforeEach
  void create() throws SQLException {
    database = kind.create("schema");
    pool = JtaPool.on(database);
  }

  @AfterEach
  void close() {
    pool.close();
    database.close();
  }

  @RepeatedTest(3)
  void nodesMigrateAnEmptyDatabaseAtOnce() throws Exception {
    allAtOnce();
    assertThat(versions()).containsExactlyElementsOf(shipped());
  }

  @RepeatedTest(3)
  void nodesMigrateAtOnceBesideAnApplicationsTables() throws Exception {
    database.execute("create table customer (id integer primary key)");
    allAtOnce();
    assertThat(versions()).containsExactlyElementsOf(shipped());
  }

  @Test
  void aSecondStartChangesNothing() throws Exception {
    apply(SchemaMode.MIGRATE);
    apply(SchemaMode.MIGRATE);
    apply(SchemaMode.VALIDATE);
    assertThat(versions()).containsExactlyElementsOf(shipped());
  }

  @Test
  void validationNamesWhatIsMissingAndTouchesNothing() throws Exception {
    assertThatThrownBy(() -> apply(SchemaMode.VALIDATE))
        .isInstanceOf(SynchronikException.class)
        .hasMessageStartingWith("SYNC-0045 ")
        .hasMessageContaining("1 units runs events: not applied; 2 ");
    apply(SchemaMode.NONE);
    database.execute("create table sk_unit (id integer primary key)");
  }

  @Test
  void whatTheScriptsCreateIsWhatIsThere() throws Exception {
    apply(SchemaMode.MIGRATE);
    Dialect dialect = Dialect.of(pool.dataSource());
    SchemaObjects present =
        LocalTransaction.of(
            pool.dataSource(), connection -> SchemaObjects.present(connection, dialect));
    Set<String> created = SchemaScripts.of(dialect).created().names();

    assertThat(created).isSubsetOf(present.names()).contains("column sk_unit.version");
    // Constraints have indexes too, named by the database
    assertThat(present.names())
        .filteredOn(name -> !name.contains("sk_schema_") && !name.startsWith("index "))
        .isSubsetOf(created);
  }

  @Test
  void validationNamesEachTableColumnIndexAndSequenceThatIsMissing() throws Exception {
    apply(SchemaMode.MIGRATE);
    database.execute("alter table sk_unit drop column description");
    database.execute("alter table sk_run drop column progress_total");
    database.execute("drop index sk_run_owned");
    database.execute("drop table sk_rate");
    database.execute("drop sequence sk_item_seq");

    assertThatThrownBy(() -> apply(SchemaMode.VALIDATE))
        .isInstanceOf(SynchronikException.class)
        .hasMessageStartingWith("SYNC-0045 ")
        .hasMessageEndingWith(
            ": the column sk_run.progress_total is missing; the column sk_unit.description is"
                + " missing; the index sk_run_owned is missing; the sequence sk_item_seq is"
                + " missing; the table sk_rate is missing");
  }

  @Test
  void aNewerSchemaIsFine() throws Exception {
    apply(SchemaMode.MIGRATE);
    database.execute(
        "insert into sk_schema_history (id, mtype, mversion, mcomment, mstatus, mchecksum, run_on,"
            + " run_by, run_time) values (999, 'V', '99', 'more', 'SUCCESS', 1, current_timestamp,"
            + " 'x', 1)");
    apply(SchemaMode.MIGRATE);
    apply(SchemaMode.VALIDATE);
  }

  @Test
  void theHistoryTakesLongNamesOfUsers() throws Exception {
    apply(SchemaMode.MIGRATE);
    database.execute("update sk_schema_history set run_by = repeat('x', 300)");
  }

  @Test
  void aMigrationChangedAfterwardsIsAnError() throws Exception {
    apply(SchemaMode.MIGRATE);
    database.execute("update sk_schema_history set mchecksum = 1 where mversion = '1'");
    assertThatThrownBy(() -> apply(SchemaMode.MIGRATE))
        .isInstanceOf(SynchronikException.class)
        .hasMessageStartingWith("SYNC-0046 ")
        .hasMessageContaining("V1__units_runs_events.sql");
    assertThatThrownBy(() -> apply(SchemaMode.VALIDATE))
        .isInstanceOf(SynchronikException.class)
        .hasMessageStartingWith("SYNC-0045 ")
        .hasMessageContaining("1 units runs events: changed since");
  }

  @Test
  void aFailureNamesItsCause() throws Exception {
    database.execute("create table sk_unit (id integer primary key)");
    assertThatThrownBy(() -> apply(SchemaMode.MIGRATE))
        .isInstanceOf(SynchronikException.class)
        .hasMessageStartingWith("SYNC-0046 ")
        .hasMessageContaining("already exists");
  }

  private void apply(SchemaMode mode) {
    new SchemaMigration(pool.dataSource(), mode).apply();
  }

  private void allAtOnce() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(NODES);
    ExecutorService nodes = Executors.newFixedThreadPool(NODES);
    try {
      List<Future<?>> starts = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        starts.add(
            nodes.submit(
                () -> {
                  barrier.await();
                  apply(SchemaMode.MIGRATE);
                  return null;
                }));
      }
      for (Future<?> start : starts) {
        start.get();
      }
    } finally {
      nodes.shutdownNow();
    }
  }

  private List<Object> versions() throws SQLException {
    return database
        .rows(
            "select mversion from sk_schema_history where mtype = 'V' and mstatus = 'SUCCESS'"
                + " order by id")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  /** Returns the versions of all scripts, as their names tell them. */
  private List<String> shipped() {
    return SchemaScripts.of(Dialect.of(pool.dataSource())).scripts().stream()
        .map(script -> script.file().substring(1, script.file().indexOf("__")))
        .toList();
  }
}
