package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunRequest;
import io.synchronik.event.UnitRetried;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.Chunk;
import io.synchronik.item.ChunkItem;
import io.synchronik.item.ChunkWork;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
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
import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the writes of a transactional attempt that fails, by what it throws. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class RollbackRulesIT extends SharedNode {
  /** What the work throws, by the payload of its run. */
  enum Thrown {
    CHECKED,
    CHECKED_BELOW,
    UNCHECKED,
    UNCHECKED_BELOW,
    OTHER_UNCHECKED,
    ERROR;

    Throwable make() {
      return switch (this) {
        case CHECKED -> new IOException("checked");
        case CHECKED_BELOW -> new FileNotFoundException("below checked");
        case UNCHECKED -> new IllegalArgumentException("unchecked");
        case UNCHECKED_BELOW -> new NumberFormatException("below unchecked");
        case OTHER_UNCHECKED -> new IllegalStateException("other");
        case ERROR -> new AssertionError("error");
      };
    }
  }

  /** Writes rows of the application. */
  static class Effects {
    @Inject DataSource dataSource;

    void add(String run, int attempt) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement insert =
              connection.prepareStatement("insert into effect (run, attempt) values (?, ?)")) {
        insert.setString(1, run);
        insert.setInt(2, attempt);
        insert.executeUpdate();
      }
    }
  }

  @ApplicationScoped
  static class Rules {
    @Inject Effects effects;
    @Inject TransactionSynchronizationRegistry registry;

    private void fail(RunContext run) throws Throwable {
      effects.add(run.run().value(), run.attempt());
      throw Thrown.valueOf(run.payload(String.class)).make();
    }

    @Worker(id = "by-default")
    @Transactional
    void byDefault(RunContext run) throws Throwable {
      fail(run);
    }

    @Worker(id = "rollback-on")
    @Transactional(rollbackOn = IOException.class)
    void rollbackOn(RunContext run) throws Throwable {
      fail(run);
    }

    @Worker(id = "dont-rollback-on")
    @Transactional(dontRollbackOn = {IllegalArgumentException.class, AssertionError.class})
    void dontRollbackOn(RunContext run) throws Throwable {
      fail(run);
    }

    @Worker(id = "both")
    @Transactional(
        rollbackOn = {IOException.class, NumberFormatException.class},
        dontRollbackOn = {FileNotFoundException.class, IllegalArgumentException.class})
    void both(RunContext run) throws Throwable {
      fail(run);
    }

    @Worker(id = "marked")
    @Transactional
    void marked(RunContext run) throws Throwable {
      try {
        fail(run);
      } finally {
        registry.setRollbackOnly();
      }
    }

    @Worker(id = "twice", maxRetries = 1, retryDelay = "10ms")
    @Transactional
    void twice(RunContext run) throws Throwable {
      fail(run);
    }

    @Worker(id = "spoilt")
    @Transactional
    void spoilt(RunContext run) throws SQLException {
      effects.add(run.run().value(), run.attempt());
      effects.add(run.run().value(), -1);
    }
  }

  /** A failure that comes after the method has returned. */
  @Worker(id = "later")
  @Transactional(dontRollbackOn = IllegalArgumentException.class)
  static class Later implements Work<CompletionStage<Integer>> {
    @Inject Effects effects;

    @Override
    public CompletionStage<Integer> run(RunContext run) throws SQLException {
      effects.add(run.run().value(), run.attempt());
      return CompletableFuture.failedFuture(Thrown.valueOf(run.payload(String.class)).make());
    }
  }

  /** Work that an interrupt ends: an exception that is checked. */
  @Worker(id = "blocked")
  @Transactional
  static class Blocked implements Work<Integer> {
    @Inject Effects effects;

    @Override
    public Integer run(RunContext run) throws Exception {
      effects.add(run.run().value(), run.attempt());
      new CountDownLatch(1).await();
      return 0;
    }
  }

  /** Items that are named by what they throw. */
  @Worker(id = "items", maxRetries = 1, retryDelay = "10ms")
  static class OneByOne implements ItemWork<String, Integer> {
    @Inject Effects effects;

    @Override
    public void enumerate(Items<String> items, RunContext run) {
      items.add(Thrown.CHECKED.name());
      items.add(Thrown.UNCHECKED.name());
    }

    @Override
    @Transactional
    public Integer process(String thrown, ItemContext item) throws Exception {
      effects.add(thrown, item.attempt());
      throw (Exception) Thrown.valueOf(thrown).make();
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  /** A chunk that fails is tried item by item. */
  @Worker(id = "chunks")
  @Chunk(2)
  static class Chunks implements ChunkWork<String> {
    @Inject Effects effects;

    @Override
    public void enumerate(Items<String> items, RunContext run) {
      items.add("chunk-1");
      items.add("chunk-2");
    }

    @Override
    @Transactional
    public void process(List<ChunkItem<String>> chunk) throws Exception {
      for (ChunkItem<String> one : chunk) {
        effects.add(one.payload(), chunk.size());
      }
      throw new IOException("checked");
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.beans(
        Effects.class, Rules.class, Later.class, Blocked.class, OneByOne.class, Chunks.class);
  }

  @Override
  void prepare() throws SQLException {
    database.execute(
        "create table effect (run varchar(40), attempt int check (attempt > 0),"
            + " primary key (run, attempt))");
  }

  @Test
  void uncheckedExceptionsAndErrorsRollBackOthersCommit() throws Exception {
    assertStays("by-default", Thrown.CHECKED);
    assertStays("by-default", Thrown.CHECKED_BELOW);
    assertGone("by-default", Thrown.UNCHECKED);
    assertGone("by-default", Thrown.OTHER_UNCHECKED);
    assertGone("by-default", Thrown.ERROR);
  }

  @Test
  void rollbackOnHoldsForSubclasses() throws Exception {
    assertGone("rollback-on", Thrown.CHECKED);
    assertGone("rollback-on", Thrown.CHECKED_BELOW);
    assertGone("rollback-on", Thrown.UNCHECKED);
  }

  @Test
  void dontRollbackOnHoldsForSubclasses() throws Exception {
    assertStays("dont-rollback-on", Thrown.UNCHECKED);
    assertStays("dont-rollback-on", Thrown.UNCHECKED_BELOW);
    assertStays("dont-rollback-on", Thrown.ERROR);
    assertStays("dont-rollback-on", Thrown.CHECKED);
    assertGone("dont-rollback-on", Thrown.OTHER_UNCHECKED);
  }

  @Test
  void dontRollbackOnWins() throws Exception {
    assertGone("both", Thrown.CHECKED);
    assertStays("both", Thrown.CHECKED_BELOW);
    assertStays("both", Thrown.UNCHECKED_BELOW);
    assertStays("both", Thrown.UNCHECKED);
  }

  @Test
  void whatIsMarkedForRollbackRollsBack() throws Exception {
    assertGone("marked", Thrown.CHECKED);
  }

  @Test
  void failureThatWasPromisedFollowsTheSameRules() throws Exception {
    assertStays("later", Thrown.CHECKED);
    assertStays("later", Thrown.UNCHECKED);
    assertGone("later", Thrown.OTHER_UNCHECKED);
  }

  @Test
  void eachFailedAttemptKeepsItsWritesAndUsesUpARetry() throws Exception {
    RunHandle run = run("twice", Thrown.CHECKED);

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    assertThat(attempts(run.id().value())).isEqualTo("[[1], [2]]");
    assertThat(allEventsOf(run)).filteredOn(UnitRetried.class::isInstance).hasSize(1);
  }

  @Test
  void attemptThatCannotCommitFailsByWhatTheWorkThrew() throws Exception {
    RunHandle run = manager.runWorkerById("spoilt");

    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.failure().stackTrace()).contains("Effects.add");
    if (kind == DatabaseKind.POSTGRESQL) {
      assertThat(attempts(run.id().value())).isEqualTo("[]");
    }
  }

  @Test
  void timeoutsAndCancellationsRollBack() throws Exception {
    manager.updateUnitConfig("blocked", config -> config.timeout(Duration.ofMillis(200)));
    RunHandle late = manager.runWorkerById("blocked");
    assertThat(late.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    assertThat(attempts(late.id().value())).isEqualTo("[]");
    manager.updateUnitConfig("blocked", config -> config.timeout(null));

    RunHandle cancelled = manager.runWorkerById("blocked");
    awaitState(cancelled, RunState.RUNNING);
    cancelled.cancel();
    assertThat(cancelled.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    assertThat(attempts(cancelled.id().value())).isEqualTo("[]");
  }

  @Test
  void itemsFollowTheSameRules() throws Exception {
    RunHandle run = manager.runWorkerById("items");

    run.join(Probe.PATIENCE);

    assertThat(itemStatistics(run).failed()).isEqualTo(2);
    assertThat(attempts(Thrown.CHECKED.name())).isEqualTo("[[1], [2]]");
    assertThat(attempts(Thrown.UNCHECKED.name())).isEqualTo("[]");
  }

  @Test
  void chunkThatFailsIsRolledBackAndTriedItemByItem() throws Exception {
    RunHandle run = manager.runWorkerById("chunks");

    run.join(Probe.PATIENCE);

    assertThat(itemStatistics(run).failed()).isEqualTo(2);
    assertThat(attempts("chunk-1")).isEqualTo("[[1]]");
    assertThat(attempts("chunk-2")).isEqualTo("[[1]]");
  }

  private RunHandle run(String worker, Thrown thrown) {
    return manager.runUnitById(worker, RunRequest.PLAIN.withPayload(thrown.name()));
  }

  private void assertStays(String worker, Thrown thrown) throws SQLException {
    assertThat(failed(worker, thrown)).as("%s of %s", thrown, worker).isEqualTo("[[1]]");
  }

  private void assertGone(String worker, Thrown thrown) throws SQLException {
    assertThat(failed(worker, thrown)).as("%s of %s", thrown, worker).isEqualTo("[]");
  }

  private String failed(String worker, Thrown thrown) throws SQLException {
    RunHandle run = run(worker, thrown);
    RunOutcome outcome = run.join(Probe.PATIENCE);
    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.failure().message()).isEqualTo(thrown.make().getMessage());
    return attempts(run.id().value());
  }

  private String attempts(String run) throws SQLException {
    return database
        .rows("select attempt from effect where run = ? order by attempt", run)
        .toString();
  }
}
