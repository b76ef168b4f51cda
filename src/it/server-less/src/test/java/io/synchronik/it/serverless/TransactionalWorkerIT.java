package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.SynchronikManager;
import io.synchronik.event.Milestone;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitRetried;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers whose effects and whose completion are one commit. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class TransactionalWorkerIT extends SharedNode {
  private Held held;

  /** Writes rows of the application. */
  static class Effects {
    @Inject DataSource dataSource;

    void add(RunContext run) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement insert =
              connection.prepareStatement("insert into effect (run, attempt) values (?, ?)")) {
        insert.setString(1, run.run().value());
        insert.setInt(2, run.attempt());
        insert.executeUpdate();
      }
    }
  }

  @Worker(id = "book")
  @Transactional
  static class Book implements Work<Integer> {
    @Inject Effects effects;
    @Inject Held held;

    @Override
    public Integer run(RunContext run) throws Exception {
      effects.add(run);
      return held.run(run);
    }
  }

  /** Work that does not listen to its interrupt. */
  @Worker(id = "book-deaf")
  @Transactional
  static class BookDeaf implements Work<Integer> {
    @Inject Effects effects;
    @Inject Held held;

    @Override
    public Integer run(RunContext run) throws Exception {
      effects.add(run);
      try {
        return held.run(run);
      } catch (InterruptedException e) {
        return -1;
      }
    }
  }

  @ApplicationScoped
  static class Bookings {
    @Inject Effects effects;
    @Inject SynchronikManager manager;
    @Inject TransactionSynchronizationRegistry registry;

    @Worker(id = "book-late", maxRetries = 2, retryDelay = "10ms")
    @Transactional(Transactional.TxType.MANDATORY)
    void bookLate(RunContext run) throws SQLException {
      effects.add(run);
      run.milestone("booked", run.attempt());
      manager.runWorkerById("follow-up");
      if (run.attempt() < 3) {
        throw new IllegalStateException("no seat in attempt " + run.attempt());
      }
    }

    @Worker(id = "follow-up")
    void followUp() {}

    @Worker(id = "give-up")
    @Transactional
    void giveUp(RunContext run) throws SQLException {
      effects.add(run);
      registry.setRollbackOnly();
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    held = Held.interruptibly();
    return builder
        .beans(Effects.class, Book.class, BookDeaf.class, Bookings.class)
        .instance(Held.class, held);
  }

  @Override
  void prepare() throws SQLException {
    database.execute("create table effect (run varchar(40), attempt int)");
  }

  @Test
  void whatWasCancelledIsRolledBackThoughItReturns() throws Exception {
    RunHandle run = manager.runWorkerById("book-deaf");
    held.awaitBegun();

    assertThat(run.cancel()).isTrue();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    assertThat(effects(run)).isZero();
    assertThat(run.cancel()).isFalse();
  }

  @Test
  void effectsAndCompletionAreOneCommit() throws Exception {
    RunHandle run = manager.runWorkerById("book");
    held.awaitBegun();
    assertThat(effects(run)).isZero();
    assertThat(run.state()).isEqualTo(RunState.RUNNING);
    held.letGo();

    assertThat(run.join(Probe.PATIENCE).result().as(Integer.class)).isEqualTo(1);
    assertThat(effects(run)).isOne();
    assertThat(
            database.number(
                "select count(*) from sk_run r join effect e on e.run = r.id"
                    + " where r.id = ? and r.state = 'completed'",
                run.id().value()))
        .isOne();
  }

  @Test
  void failedAttemptsLeaveNothing() throws Exception {
    RunHandle run = manager.runWorkerById("book-late");

    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(
            database.rows("select attempt from effect where run = ?", run.id().value()).toString())
        .isEqualTo("[[3]]");
    assertThat(allEventsOf(run)).filteredOn(UnitRetried.class::isInstance).hasSize(2);
    assertThat(eventsOf(run.id()))
        .filteredOn(TransactionalWorkerIT::isBooked)
        .extracting(event -> ((Milestone) event).payload(Integer.class))
        .containsExactly(3);
    assertThat(database.number("select count(*) from sk_run where unit = 'follow-up'")).isOne();
  }

  @Test
  void transactionMarkedForRollbackIsAFailure() throws Exception {
    RunHandle run = manager.runWorkerById("give-up");

    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.failure().message()).contains("SYNC-0082");
    assertThat(effects(run)).isZero();
  }

  @Test
  void effectOfAnAttemptThatLostItsRunIsRolledBack() throws Exception {
    RunHandle run = manager.runWorkerById("book");
    held.awaitBegun();
    database.execute(
        "update sk_run set owner = 'somebody', fence = fence + 1 where id = ?", run.id().value());
    held.letGo();
    events.awaitNext(
        Milestone.class,
        milestone ->
            milestone.milestoneId().equals("watcher:rejected")
                && milestone.run().equals(Optional.of(run.id())));
    assertThat(effects(run)).isZero();

    manager.runWatcherScan();
    assertThat(held.awaitBegun().attempt()).isEqualTo(1);
    held.letGo();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(effects(run)).isOne();
  }

  @Test
  void timeoutRollsTheWorkBack() throws Exception {
    manager.updateUnitConfig("book", config -> config.timeout(Duration.ofMillis(200)));
    RunHandle run = manager.runWorkerById("book");

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    assertThat(run.join(Probe.PATIENCE).failure().message()).contains("200ms");
    assertThat(effects(run)).isZero();
    manager.updateUnitConfig("book", config -> config.timeout(null));
    held.begun.awaitNext(begun -> begun.run().equals(run.id()));
  }

  @Test
  void timesAreThoseOfTheEndAndNotOfTheBegin() {
    RunHandle run = manager.runWorkerById("book");
    held.awaitBegun();
    Instant begun = view(run).times().startedAt();
    Await.until(
        Probe.PATIENCE, () -> manager.getRegistrySnapshot().at().isAfter(begun.plusMillis(300)));
    held.letGo();
    run.join(Probe.PATIENCE);

    UnitCompleted completed =
        events.awaitNext(UnitCompleted.class, event -> event.run().equals(Optional.of(run.id())));
    assertThat(completed.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    assertThat(completed.at()).isAfterOrEqualTo(begun.plusMillis(300));
    assertThat(view(run).times().endedAt()).isAfterOrEqualTo(begun.plusMillis(300));
  }

  private long effects(RunHandle run) throws SQLException {
    return database.number("select count(*) from effect where run = ?", run.id().value());
  }

  private static boolean isBooked(SynchronikEvent event) {
    return event instanceof Milestone milestone && milestone.milestoneId().equals("booked");
  }
}
