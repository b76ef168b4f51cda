package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Work without retries whose own statement meets a lost connection. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class LostConnectionIT extends SharedNode {
  private final Faults faults = new Faults();
  private final Held held = Held.interruptibly();

  /** Writes a row; the connection is lost at the first calls. */
  static final class Writer {
    private final Faults faults;
    private final AtomicInteger calls = new AtomicInteger();
    private final Probe<SQLException> thrown = new Probe<>();
    private volatile int losing;

    Writer(Faults faults) {
      this.faults = faults;
    }

    int write(DataSource dataSource) throws SQLException {
      int call = calls.incrementAndGet();
      Thread mine = Thread.currentThread();
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        if (call <= losing) {
          faults.set(Faults.Kind.LOST_AT_STATEMENT, 1, thread -> thread.equals(mine));
        }
        statement.executeUpdate("insert into written (n) values (" + call + ")");
      } catch (SQLException e) {
        thrown.accept(e);
        throw e;
      } finally {
        faults.clear();
      }
      return call;
    }
  }

  private final Writer writer = new Writer(faults);

  @ApplicationScoped
  static class Methods {
    @Inject Writer writer;
    @Inject Held held;
    @Inject DataSource dataSource;

    @Worker(id = "inside")
    @Transactional
    int inside() throws SQLException {
      return writer.write(dataSource);
    }

    @Worker(id = "outside")
    int outside() throws SQLException {
      return writer.write(dataSource);
    }

    @Worker(id = "held-inside")
    @Transactional
    int heldInside(RunContext run) throws Exception {
      held.run(run);
      return writer.write(dataSource);
    }
  }

  @Worker(id = "pieces")
  static class Pieces implements ItemWork<Integer, Integer> {
    @Inject Writer writer;
    @Inject DataSource dataSource;

    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      items.add(1);
    }

    @Override
    @Transactional
    public Integer process(Integer piece, ItemContext item) throws SQLException {
      return writer.write(dataSource);
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder
        .faults(faults)
        .beans(Methods.class, Pieces.class)
        .instance(Writer.class, writer)
        .instance(Held.class, held);
  }

  @Override
  void prepare() throws SQLException {
    database.execute("create table written (n int)");
  }

  @BeforeEach
  void reset() throws SQLException {
    writer.calls.set(0);
    database.execute("delete from written");
  }

  private RunOutcome outcome(String unit, int losing) {
    writer.losing = losing;
    return manager.runWorkerById(unit).join(Probe.PATIENCE);
  }

  private String written() throws SQLException {
    return database.rows("select n from written").toString();
  }

  @Test
  void transactionalAttemptIsMadeAgain() throws SQLException {
    RunOutcome outcome = outcome("inside", 2);

    assertThat(outcome.state()).as("%s", outcome).isEqualTo(RunState.COMPLETED);
    assertThat(outcome.result().as(Integer.class)).isEqualTo(3);
    assertThat(written()).isEqualTo("[[3]]");
    assertThat(
            database.rows("select attempt, losses from sk_run where id = ?", outcome.run().value()))
        .hasToString("[[1, 2]]");
  }

  @Test
  void whatIsLostAgainAndAgainFailsByWhatItThrew() throws SQLException {
    RunOutcome outcome = outcome("inside", 100);

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.failure().type()).isEqualTo(SQLException.class.getName());
    assertThat(writer.calls).hasValue(3);
    assertThat(written()).isEqualTo("[]");
  }

  @Test
  void plainAttemptFails() {
    assertThat(outcome("outside", 1).state()).isEqualTo(RunState.FAILED);
    assertThat(writer.calls).hasValue(1);
  }

  @Test
  void transactionalItemIsMadeAgain() throws SQLException {
    assertThat(outcome("pieces", 1).state()).isEqualTo(RunState.COMPLETED);
    assertThat(written()).isEqualTo("[[2]]");
  }

  @Test
  void whatBeganBeforeAnOutageIsMadeAgainAfterIt() throws SQLException {
    writer.losing = 0;
    RunHandle run = manager.runWorkerById("held-inside");
    held.awaitBegun();
    int before = writer.thrown.seen().size();
    node.disconnect();
    held.letGo();
    writer.thrown.awaitCount(before + 1, thrown -> true, Probe.PATIENCE);
    node.reconnect();
    held.awaitBegun();
    held.letGo();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(written()).isEqualTo("[[2]]");
  }
}
