package io.synchronik.it.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
@Timeout(300)
class NodeIT {
  private static final TypeLiteral<Probe<String>> PROBE = new TypeLiteral<>() {};

  @Parameter DatabaseKind kind;
  private Database database;

  @BeforeEach
  void create() throws SQLException {
    database = kind.create("node test");
    database.execute("create table film (id varchar(20) primary key)");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @ApplicationScoped
  static class Films {
    @Inject DataSource dataSource;
    @Inject TransactionManager transactions;
    @Inject TransactionSynchronizationRegistry registry;
    @Inject UserTransaction user;
    @Inject Probe<String> probe;

    void add(String id) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement insert =
              connection.prepareStatement("insert into film (id) values (?)")) {
        insert.setString(1, id);
        insert.executeUpdate();
      }
      probe.accept(id);
    }

    boolean inTransaction() throws SystemException {
      return transactions.getTransaction() != null;
    }

    void rollBack() throws SystemException {
      user.setRollbackOnly();
    }

    @Transactional
    void addBoth(String first, String second) throws SQLException {
      assertThat(registry.getTransactionKey()).isNotNull();
      add(first);
      add(second);
    }

    @Transactional
    void addAndFail(String id) throws SQLException {
      add(id);
      throw new IllegalStateException("after the insert");
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void addInCallers(String id) throws SQLException {
      add(id);
    }
  }

  private Node start() {
    return Node.on(database).beans(Films.class).instance(PROBE, new Probe<>()).start();
  }

  private long films() throws SQLException {
    return database.number("select count(*) from film");
  }

  @Test
  void aTransactionCommits() throws Exception {
    try (Node node = start()) {
      Films films = node.select(Films.class);

      String result =
          node.inTransaction(
              () -> {
                films.add("tt1");
                films.addInCallers("tt2");
                assertThat(films()).isZero();
                return "done";
              });

      assertThat(result).isEqualTo("done");
      assertThat(database.rows("select id from film order by id").toString())
          .isEqualTo("[[tt1], [tt2]]");
      assertThat(films.inTransaction()).isFalse();
    }
  }

  @Test
  void aTransactionRollsBack() throws Exception {
    try (Node node = start()) {
      Films films = node.select(Films.class);

      assertThatThrownBy(
              () ->
                  node.inTransaction(
                      () -> {
                        films.add("tt1");
                        throw new Exception("no");
                      }))
          .hasMessage("no");
      assertThatThrownBy(
              () ->
                  node.inTransaction(
                      () -> {
                        films.add("tt1");
                        films.rollBack();
                      }))
          .isInstanceOf(RollbackException.class);

      assertThat(films()).isZero();
      films.add("tt1");
      assertThat(films()).isOne();
    }
  }

  @Test
  void interceptorsOwnTransactions() throws Exception {
    try (Node node = start()) {
      Films films = node.select(Films.class);

      films.addBoth("tt1", "tt2");
      assertThat(films()).isEqualTo(2);
      assertThatThrownBy(() -> films.addBoth("tt3", "tt1")).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> films.addAndFail("tt4")).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> films.addInCallers("tt5"))
          .hasCauseInstanceOf(jakarta.transaction.TransactionRequiredException.class);
    }
  }

  @ApplicationScoped
  static class Started {
    final String greeting = ConfigProvider.getConfig().getValue("greeting", String.class);

    void observe(@Observes @Initialized(ApplicationScoped.class) Object event) {
      assertThat(CDI.current().select(Started.class).get().greeting()).isEqualTo(greeting);
    }

    String greeting() {
      return greeting;
    }
  }

  @Test
  void twoNodesShareADatabaseAndNothingElse() throws Exception {
    Probe<String> one = new Probe<>();
    Probe<String> two = new Probe<>();
    try (Node first =
            Node.on(database)
                .beans(Films.class, Started.class)
                .instance(PROBE, one)
                .setting("greeting", "one")
                .start();
        Node second =
            Node.on(database)
                .beans(Films.class, Started.class)
                .instance(PROBE, two)
                .setting("greeting", "two from ${synchronik.application}")
                .start()) {
      first.inTransaction(() -> first.select(Films.class).add("tt1"));
      second.inTransaction(() -> second.select(Films.class).add("tt2"));
      second.select(Films.class).addBoth("tt3", "tt4");

      assertThat(films()).isEqualTo(4);
      assertThat(one.seen()).containsExactly("tt1");
      assertThat(two.seen()).containsExactly("tt2", "tt3", "tt4");
      assertThat(first.select(Started.class).greeting()).isEqualTo("one");
      assertThat(second.select(Started.class).greeting()).isEqualTo("two from test");
    }
  }

  @Test
  void aDeadNodeLeavesNothingUncommitted() throws Exception {
    try (Node dead = start();
        Node alive = start()) {
      assertThatThrownBy(
              () ->
                  dead.inTransaction(
                      () -> {
                        dead.select(Films.class).add("tt1");
                        dead.kill();
                      }))
          .isInstanceOf(Exception.class);
      assertThatThrownBy(() -> dead.select(Films.class).add("tt1"))
          .isInstanceOf(SQLException.class);

      Await.until(Probe.PATIENCE, () -> addedBy(alive));
      assertThat(films()).isOne();

      dead.reconnect();
      dead.select(Films.class).addBoth("tt2", "tt3");
      assertThat(films()).isEqualTo(3);
    }
  }

  private static boolean addedBy(Node node) {
    try {
      node.select(Films.class).add("tt1");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Test
  void aNodeThatDoesNotStartLeavesNothingBehind() {
    NodeBuilder missing = Node.on(database).beans(Films.class);

    assertThatThrownBy(missing::start).hasMessageContaining("Probe");
    start().close();
  }
}
