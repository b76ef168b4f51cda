package io.synchronik.it.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PostgresServerIT {

  @Test
  void theDurableServerForcesToTheDisk() throws Exception {
    try (Database database = PostgresServer.durable().create("durable")) {
      assertThat(database.rows("show fsync").toString()).isEqualTo("[[on]]");
      assertThat(database.rows("show synchronous_commit").toString()).isEqualTo("[[on]]");
      assertThat(database.rows("show full_page_writes").toString()).isEqualTo("[[on]]");
      assertThat(database.rows("show server_version").toString()).startsWith("[[17.");
    }
  }

  @Test
  void anOutageEndsConnectionsAndKeepsWhatWasCommitted() throws Exception {
    PostgresServer server = PostgresServer.durable();
    try (Database database = server.create("outage");
        Node node = Node.on(database).start()) {
      database.execute("create table film (id varchar(20) primary key)");
      insert(node, "tt1");

      server.stop();
      assertThatThrownBy(() -> insert(node, "tt2")).isInstanceOf(SQLException.class);
      server.start();

      Await.until(Probe.PATIENCE, () -> inserts(node, "tt3"));
      assertThat(database.rows("select id from film order by id").toString())
          .isEqualTo("[[tt1], [tt3]]");
    }
  }

  private static boolean inserts(Node node, String id) {
    try {
      insert(node, id);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static void insert(Node node, String id) throws SQLException {
    try (Connection connection = node.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("insert into film (id) values ('" + id + "')");
    }
  }
}
