package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.event.ItemsReset;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemStatistics;
import io.synchronik.run.RunHandle;
import io.synchronik.run.SynchronikException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever asks for many items to be tried again is told how many, whoever carries it out. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class RetryCountIT extends SharedNode {
  private static final int MANY = 6000;

  private final Faults faults = new Faults();

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    // Nothing here is to depend on how busy the machine is
    return builder.faults(faults).setting("synchronik.lease", "10m");
  }

  private CompletableFuture<Integer> retryFailed(RunHandle run) {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                answer.complete(manager.items().retryFailed(run.id().value(), "it broke"));
              } catch (Throwable e) {
                answer.completeExceptionally(e);
              }
            },
            "retries");
    caller.setDaemon(true);
    caller.start();
    return answer;
  }

  private static int answer(CompletableFuture<Integer> answer) throws Exception {
    return answer.get(Probe.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void assertAllTriedAgain(RunHandle run, String unit, int items) throws SQLException {
    assertThat(itemStatistics(run)).isEqualTo(new ItemStatistics(MANY, 0, 0, 0, 0));
    assertThat(awaitEvent(ItemsReset.class, unit).items()).isEqualTo(items);
    manager.runLoopOnce();
    assertThat(eventsOf(run.id())).filteredOn(ItemsReset.class::isInstance).hasSize(1);
    assertThat(database.number("select count(*) from sk_item_retry where app = 'test'")).isZero();
  }

  /** The caller's first bite lasts until others have done all the rest. */
  @Test
  void othersCarryItOut() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "slow", MANY);
    AtomicInteger commits = new AtomicInteger();
    CountDownLatch bitten = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    faults.watch(
        hit -> {
          boolean its = hit.thread().equals("retries") && hit.what().equals(Faults.COMMIT);
          if (its && commits.incrementAndGet() == 2) {
            bitten.countDown();
            awaitQuietly(goOn);
          }
        });

    CompletableFuture<Integer> answer = retryFailed(run);
    bitten.await();
    assertThat(itemStatistics(run).failed()).isBetween(1L, MANY - 1L);
    database.execute("update sk_item_retry set taken_until = asked_at");
    Await.until(Probe.PATIENCE, () -> itemStatistics(run).failed() == 0);
    awaitEvent(ItemsReset.class, "slow");
    assertThat(answer).isNotDone();
    goOn.countDown();

    assertThat(answer(answer)).isEqualTo(MANY);
    faults.clear();
    assertAllTriedAgain(run, "slow", MANY);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Holds one of the items until it is closed. */
  private Connection hold(RunHandle run) throws SQLException {
    long set = database.number("select id from sk_item_set where run = ?", run.id().value());
    long last = database.number("select max(n) from sk_item where item_set = ?", set);
    Connection connection = database.connect();
    connection.setAutoCommit(false);
    try (PreparedStatement lock =
        connection.prepareStatement(
            "select n from sk_item where app = (select app from sk_item_set where id = ?)"
                + " and item_set = ? and n = ? for update")) {
      lock.setLong(1, set);
      lock.setLong(2, set);
      lock.setLong(3, last - MANY / 2);
      assertThat(lock.executeQuery().next()).isTrue();
    }
    return connection;
  }

  /** What somebody holds comes last and is waited for; all else goes on. */
  @Test
  void heldItemsComeLast() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "held", MANY);
    CompletableFuture<Integer> answer;
    try (Connection holder = hold(run)) {
      answer = retryFailed(run);
      Await.until(Probe.PATIENCE, () -> itemStatistics(run).failed() == 1);
      assertThat(answer).isNotDone();
      holder.rollback();
    }

    assertThat(answer(answer)).isEqualTo(MANY);
    assertAllTriedAgain(run, "held", MANY);
  }

  /** What is held for too long is told, and the rest done in the end. */
  @Test
  void waitingHasAnEnd() throws Exception {
    try (Node other =
        Node.on(database)
            .setting("synchronik.application", "impatient")
            .setting("synchronik.lease", "4s")
            .start()) {
      RunHandle run = ManyFailed.begin(other.manager(), database, "impatient", MANY);
      Probe<ItemsReset> reset = new Probe<>();
      other
          .manager()
          .subscribeToEvents(
              event -> {
                if (event instanceof ItemsReset one) {
                  reset.accept(one);
                }
              });
      try (Connection holder = hold(run)) {
        assertThatThrownBy(() -> other.manager().items().retryFailed(run.id().value(), null))
            .isInstanceOf(SynchronikException.class)
            .hasMessageContaining("SYNC-0190")
            .hasMessageContaining(run.id().value())
            .hasMessageContaining(String.valueOf(MANY - 1));
        assertThat(reset.seen()).isEmpty();
        holder.rollback();
      }

      assertThat(reset.awaitNext(one -> true).items()).isEqualTo(MANY);
    }
  }
}
