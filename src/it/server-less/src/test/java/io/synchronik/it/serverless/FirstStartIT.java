package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.it.scenarios.Scenarios;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Ports;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a first start says of an environment that lacks something, or does not fit. */
class FirstStartIT {
  private static final String APPLICATION = "synchronik.application";
  private static final String DATASOURCE = "'bean of the type DataSource'";

  /** Small ones that use most statements. */
  private static final List<String> SCENARIOS =
      List.of("ItemRuns.poisonItemFailsAlone", "ItemRuns.summaryGoesToTheSuccessor");

  @BeforeEach
  void name() {
    System.setProperty(APPLICATION, "bare");
  }

  @AfterEach
  void forget() {
    System.clearProperty(APPLICATION);
  }

  private static String startWithout(String... packages) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (HiddenPackages loader = new HiddenPackages(packages)) {
      thread.setContextClassLoader(loader);
      Object start =
          loader.loadClass(BareStart.class.getName()).getDeclaredConstructor().newInstance();
      return (String) ((Callable<?>) start).call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void withoutTheTypesOfMicroProfileConfig() throws Exception {
    assertThat(startWithout("org.eclipse.microprofile.config.", "io.smallrye.config."))
        .contains("SYNC-0207 There is no MicroProfile Config")
        .contains("NoClassDefFoundError: org/eclipse/microprofile/config/ConfigProvider")
        .contains("version 3", "microprofile-config-smallrye", "mpConfig");
  }

  @Test
  void withoutAnImplementationOfMicroProfileConfig() throws Exception {
    assertThat(startWithout("io.smallrye.config."))
        .contains("SYNC-0207 There is no MicroProfile Config");
  }

  @Test
  void withoutJsonBinding() throws Exception {
    assertThat(startWithout("org.eclipse.yasson."))
        .contains("SYNC-0208 There is no Jakarta JSON Binding");
  }

  @Test
  void withoutADatasource() throws Exception {
    assertThat(startWithout())
        .contains("SYNC-0209 In Java SE the application provides one bean of the type")
        .contains("javax.sql.DataSource");
  }

  @Test
  void theDatabaseIsAway() {
    String url = "jdbc:postgresql://localhost:" + Ports.free() + "/none?user=nobody";
    Database away = Database.createdElsewhere(url);

    assertThatThrownBy(
            () -> Node.on(away).setting("synchronik.start-wait", "100ms").start().close())
        .hasMessageContaining("SYNC-0152 The start of application 'test' waited 100ms")
        .hasMessageContaining("SYNC-0150 The datasource " + DATASOURCE + " gives no connection");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Oracle", "MSSQLServer", "DB2", "Derby", "HSQLDB", "STRICT"})
  void h2InAModeThatDoesNotWork(String mode) throws Exception {
    try (Database database = Database.h2("mode", ";MODE=" + mode)) {
      assertThatThrownBy(() -> Node.on(database).start().close())
          .hasMessageContaining("SYNC-0153 H2 in the mode " + mode)
          .hasMessageContaining(DATASOURCE);
      assertThat(
              database.number(
                  "select count(*) from information_schema.tables where lower(table_name) like"
                      + " 'sk_%'"))
          .isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
        "MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
        "MODE=MariaDB;DATABASE_TO_UPPER=FALSE",
        "MODE=LEGACY",
        "OLD_INFORMATION_SCHEMA=TRUE",
        "INIT=CREATE SCHEMA IF NOT EXISTS APPS\\;SET SCHEMA APPS",
      })
  void h2WithSettingsThatWork(String settings) throws Exception {
    try (Database database = Database.h2("mode", ";" + settings)) {
      try (Node node = Node.on(database).setting("synchronik.loop-interval", "100ms").start()) {
        for (String scenario : SCENARIOS) {
          Scenarios.play(scenario, node.manager());
        }
      }
      Node.on(database).setting("synchronik.schema", "validate").start().close();
    }
  }
}
