package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.NewItem;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.worker.WorkerDefinition;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Results that the database refuses are failures in words. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class RefusedResultIT {
  @Parameter DatabaseKind kind;
  private Database database;
  private Node node;

  @BeforeEach
  void start() throws SQLException {
    database = kind.create("refused");
    node = Node.on(database).start();
    database.execute("alter table sk_run alter column result " + type());
    database.execute("alter table sk_item alter column result " + type());
  }

  private String type() {
    return kind == DatabaseKind.POSTGRESQL ? "type varchar(10)" : "set data type varchar(10)";
  }

  @AfterEach
  void stop() {
    node.close();
    database.close();
  }

  @Test
  void theFailureOfARunHoldsNoStatement() {
    node.manager()
        .registerUnit(WorkerDefinition.of("long", run -> "a result that is longer than ten"));

    RunHandle run = node.manager().runWorkerById("long");
    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertInWords(String.valueOf(outcome.failure()));
  }

  @Test
  void theFailureOfAnItemHoldsNoStatement() throws SQLException {
    ItemWork<Integer, String> work = (number, item) -> "a result that is longer than ten";
    node.manager().registerUnit(ItemSource.worker("items", Integer.class, work));

    RunHandle run = node.manager().runWorkerById("items");
    node.manager().items().add(run.id().value(), NewItem.of(1));
    node.manager().items().close(run.id().value());
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);

    assertInWords(
        String.valueOf(database.rows("select failure_message from sk_item").get(0).get(0)));
  }

  private static void assertInWords(String failure) {
    assertThat(failure)
        .contains("SYNC-0083 The result of the run cannot be stored: ")
        .containsIgnoringCase("value too long")
        .doesNotContainIgnoringCase("update ")
        .doesNotContainIgnoringCase("sk_")
        .doesNotContain("StoreException");
  }
}
