package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemSummary;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers all of whose methods are transactional. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ItemTransactionsIT {
  private static final int ITEMS = 1200;

  @Parameter DatabaseKind kind;
  private Database database;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    database = kind.create("itemtransactions");
    node =
        Node.on(database)
            .setting("synchronik.workers", "4")
            .connections(15)
            .beans(Keyed.class, Keyless.class)
            .start();
    Bills.createTable(database);
  }

  @AfterEach
  void stop() {
    node.close();
    database.close();
  }

  /** The first attempt to add the items fails when all are added. */
  abstract static class Whole implements ItemWork<Integer, String> {
    @Inject DataSource dataSource;

    abstract NewItem<Integer> item(int number);

    @Override
    public void enumerate(Items<Integer> items, RunContext run) throws SQLException {
      insert(run.run().value(), -run.attempt());
      for (int i = 0; i < ITEMS; i++) {
        items.add(item(i));
      }
      if (run.attempt() == 1) {
        throw new IllegalStateException("not yet");
      }
    }

    @Override
    public String process(Integer number, ItemContext item) throws SQLException {
      insert(item.run().value(), number);
      return "billed " + number;
    }

    private void insert(String run, int number) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement insert =
              connection.prepareStatement("insert into bill (run, number) values (?, ?)")) {
        insert.setString(1, run);
        insert.setInt(2, number);
        insert.executeUpdate();
      }
    }
  }

  @Transactional
  @Worker(id = "keyed", maxRetries = 2)
  static class Keyed extends Whole {
    @Override
    NewItem<Integer> item(int number) {
      return NewItem.of(number).withKey("bill " + number);
    }
  }

  @Transactional
  @Worker(id = "keyless", maxRetries = 2)
  static class Keyless extends Whole {
    @Override
    NewItem<Integer> item(int number) {
      return NewItem.of(number);
    }
  }

  @Test
  void itemsWithKeysAreAddedInTheTransactionOfTheWork() throws Exception {
    billsOnce("keyed");
  }

  @Test
  void itemsWithoutKeysAreAddedInTheTransactionOfTheWork() throws Exception {
    billsOnce("keyless");
  }

  private void billsOnce(String worker) throws SQLException {
    RunHandle run = node.manager().runWorkerById(worker);

    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(outcome.result().as(ItemSummary.class))
        .isEqualTo(new ItemSummary(ITEMS, ITEMS, 0, 0));
    assertThat(database.number("select count(*) from bill where number >= 0")).isEqualTo(ITEMS);
    assertThat(database.number("select count(distinct number) from bill")).isEqualTo(ITEMS + 1);
    assertThat(database.number("select min(number) from bill")).isEqualTo(-2);
  }
}
