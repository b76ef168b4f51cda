package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.EngineLog;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.SynchronikException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions that stay open are told, and no call waits for them for ever. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@SuppressWarnings("try")
class OpenCallerReportIT extends SharedNode {
  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.lease", "3s");
  }

  @Override
  void prepare() {
    for (String id : new String[] {"told", "asked", "foreign", "bounded"}) {
      register(id, run -> "done");
    }
  }

  @Test
  void callerThatStaysOpenIsToldOnceAndOnceWhenItIsOver() {
    try (EngineLog log = EngineLog.open()) {
      try (OpenCaller caller = OpenCaller.of(node, () -> change("told"))) {
        String line = log.await(Level.WARNING, "SYNC-0132");
        assertThat(line).contains("'open-caller'").contains("OpenCaller.");
      }
      log.await(Level.WARNING, "SYNC-0133");
      assertThat(log.lines(Level.WARNING, "SYNC-0132")).hasSize(1);
      assertThat(log.lines(Level.WARNING, "SYNC-0134")).isEmpty();
    }
  }

  @Test
  void transactionOfSomebodyElseIsToldWithItsConnection() throws Exception {
    assumeTrue(kind == DatabaseKind.POSTGRESQL);
    try (EngineLog log = EngineLog.open();
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeQuery("select id from sk_unit where id = 'foreign' for update").close();
      int backend;
      try (ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
        row.next();
        backend = row.getInt(1);
      }
      assertThat(log.await(Level.WARNING, "SYNC-0134")).contains("connection " + backend + " ");
      connection.rollback();
      log.await(Level.WARNING, "SYNC-0135");
      assertThat(log.lines(Level.WARNING, "SYNC-0134")).hasSize(1);
    }
  }

  @Test
  void callsWaitForOneThatIsOpenAndNotForEver() {
    try (OpenCaller caller = OpenCaller.of(node, () -> change("bounded"))) {
      assertBounded(() -> manager.pause("bounded"));
      assertBounded(() -> node.inTransaction(() -> change("bounded")));
    }
  }

  /** Holds what it changes, which pauses and flags do not. */
  private void change(String id) {
    manager.updateUnitConfig(id, config -> config.maxRetries(3));
  }

  private static void assertBounded(Node.Step call) {
    CompletableFuture<Void> called =
        CompletableFuture.runAsync(
            () -> {
              try {
                call.run();
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
    assertThat(called)
        .failsWithin(Probe.PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOf(SynchronikException.class)
        .withMessageStartingWith("SYNC-0136");
  }

  /** What the application has set for its own statements holds again after each call. */
  @Test
  void boundsOfTheCallersOwnStatementsStay() throws Exception {
    boolean postgres = kind == DatabaseKind.POSTGRESQL;
    String set = postgres ? "set local lock_timeout = '77s'" : "set lock_timeout 77000";
    String shown = postgres ? "show lock_timeout" : "select lock_timeout()";
    String before = shown(shown);
    node.inTransaction(
        () -> {
          execute(set);
          change("asked");
          assertThat(shown(shown)).isEqualTo(postgres ? "77s" : "77000");
          if (!postgres) {
            execute("set lock_timeout " + before);
          }
        });
    manager.resume("asked");
    assertThat(shown(shown)).isEqualTo(before);
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = node.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String shown(String sql) throws Exception {
    try (Connection connection = node.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
