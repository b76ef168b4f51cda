package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemView;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.run.Failure;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Work that returns what is still to come. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class PromisedResultIT extends SharedNode {
  public record Price(String film, int cents) {}

  @Worker(id = "stage")
  static class Stage implements Work<CompletionStage<Price>> {
    @Override
    public CompletionStage<Price> run(RunContext run) {
      return CompletableFuture.supplyAsync(() -> new Price("A", 5));
    }
  }

  @ApplicationScoped
  static class Methods {
    @Inject DataSource dataSource;

    @Worker(id = "future")
    Future<Integer> future() {
      return CompletableFuture.supplyAsync(() -> 7);
    }

    @Worker(id = "broken-inside")
    @Transactional
    CompletionStage<String> brokenInside() throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement insert = connection.createStatement()) {
        insert.executeUpdate("insert into promised (n) values (1)");
      }
      return CompletableFuture.supplyAsync(
          () -> {
            throw new IllegalStateException("no film");
          });
    }
  }

  /** A stage that is one only by name. */
  private static final class Liar extends CompletableFuture<String> {
    @Override
    public CompletableFuture<String> toCompletableFuture() {
      throw new AssertionError("no future");
    }
  }

  private static final class Pieces implements ItemWork<String, CompletionStage<Price>> {
    @Override
    public void enumerate(Items<String> items, RunContext run) {
      items.add(Objects.requireNonNull(run.payload(String.class)));
    }

    @Override
    public CompletionStage<Price> process(String piece, ItemContext item) {
      return CompletableFuture.supplyAsync(
          () -> {
            if (piece.equals("bad")) {
              throw new IllegalStateException("no piece");
            }
            return new Price(piece, 3);
          });
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.beans(Stage.class, Methods.class);
  }

  @Override
  void prepare() throws SQLException {
    database.execute("create table promised (n int)");
  }

  private RunOutcome outcome(String unit) {
    return manager.runWorkerById(unit).join(Probe.PATIENCE);
  }

  private static Failure failure(RunOutcome outcome) {
    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    return outcome.failure();
  }

  private ItemView.Execution onlyItem(RunHandle run) {
    List<ItemView> items = manager.items().list(run.id().value(), ItemQuery.FIRST).items();
    assertThat(items).hasSize(1);
    return manager.items().find(items.get(0).id()).orElseThrow().execution();
  }

  @Test
  void valueIsTheResult() {
    register(
        "lambda",
        run -> CompletableFuture.supplyAsync(() -> List.of(1, 2)).minimalCompletionStage());

    assertThat(outcome("stage").result().as(Price.class)).isEqualTo(new Price("A", 5));
    assertThat(outcome("future").result().as(Integer.class)).isEqualTo(7);
    assertThat(outcome("lambda").result()).hasToString("[1,2]");
  }

  @Test
  void failureIsThatOfTheAttempt() throws SQLException {
    register("checked", run -> CompletableFuture.failedStage(new IOException("no net")));
    register(
        "wrapped",
        run ->
            CompletableFuture.failedStage(
                new CompletionException(new CompletionException(new IOException("deep")))));
    register("liar", run -> new Liar());

    assertThat(failure(outcome("checked")).type()).isEqualTo(IOException.class.getName());
    assertThat(failure(outcome("wrapped")).message()).contains("deep");
    assertThat(failure(outcome("liar")).message()).contains("no future");
    assertThat(failure(outcome("broken-inside")).message()).contains("no film");
    assertThat(database.number("select count(*) from promised")).isZero();
  }

  @Test
  void whatNeverComesEndsByTimeoutOrCancellation() {
    CompletableFuture<String> late = new CompletableFuture<>();
    CompletableFuture<String> unwanted = new CompletableFuture<>();
    register("late", run -> late, config -> config.timeout(Duration.ofMillis(100)));
    register("unwanted", run -> unwanted);

    assertThat(failure(outcome("late")).message()).contains("100ms");
    RunHandle run = manager.runWorkerById("unwanted");
    awaitState(run, RunState.RUNNING);
    assertThat(run.cancel()).isTrue();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    Await.until(Probe.PATIENCE, () -> late.isCancelled() && unwanted.isCancelled());
  }

  @Test
  void itemsWaitToo() {
    manager.registerUnit(ItemSource.worker("pieces", String.class, new Pieces()));

    RunHandle good = manager.runWorkerById("pieces", "good");
    assertThat(good.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(onlyItem(good).result().as(Price.class)).isEqualTo(new Price("good", 3));
    RunHandle bad = manager.runWorkerById("pieces", "bad");
    assertThat(bad.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    assertThat(onlyItem(bad).failure().message()).contains("no piece");
  }
}
