package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunRequest;
import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.EngineLog;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.process.Process;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.WorkerDefinition;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** While its database is away a node with much to do tries now and then whether it is back. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class OutageTriesIT {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

  /** More than the node has threads. */
  private static final int TRIES = 45;

  private static final int HELD = 3;
  private static final int ITEMS = 2000;

  @Parameter DatabaseKind kind;
  private final Held held = Held.interruptibly();
  private Database database;
  private Node node;
  private SynchronikManager manager;

  private static final class Listed implements ItemWork<Integer, Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, ITEMS).forEach(items::add);
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      return number;
    }
  }

  @BeforeEach
  void start() {
    database = kind.create("tries");
    node = OutageNode.on(database).setting("synchronik.workers", "6").connections(20).start();
    manager = node.manager();
    register("held", held);
    register("plain", run -> "done");
    manager.registerUnit(ItemSource.worker("listed", Integer.class, new Listed()));
    manager.registerUnit(Process.named("chain").workers("plain").overlap(Overlap.ALLOW).build());
    manager.registerUnit(
        WorkerDefinition.of("tick", run -> "tick")
            .with(config -> config.every(Duration.ofMillis(30)).overlap(Overlap.ALLOW)));
  }

  @AfterEach
  void stop() {
    held.letAllGo();
    node.reconnect();
    node.close();
    database.close();
  }

  private void register(String id, Work<?> work) {
    manager.registerUnit(
        WorkerDefinition.of(id, work).with(config -> config.overlap(Overlap.ALLOW)));
  }

  private List<RunHandle> work() {
    List<RunHandle> runs = new ArrayList<>();
    for (int i = 0; i < HELD; i++) {
      runs.add(manager.runUnitById("held", RunRequest.PLAIN));
      held.awaitBegun();
    }
    Await.until(
        Probe.PATIENCE, () -> number("select count(*) from sk_run where unit = 'tick'") > 3);
    for (int i = 0; i < 20; i++) {
      runs.add(manager.runUnitById("chain", RunRequest.PLAIN));
    }
    runs.add(manager.runWorkerById("listed"));
    Await.until(
        Probe.PATIENCE, () -> number("select count(*) from sk_item_set where enumerated") > 0);
    return runs;
  }

  @Test
  void oneTryAtATimeIsMadeAndAllGoesOnAfterIt() {
    List<RunHandle> runs = work();

    long began = System.nanoTime();
    node.disconnect();
    held.letAllGo();
    Await.until(Probe.PATIENCE, () -> tries().size() >= TRIES);
    List<String> tries = tries();
    long took = System.nanoTime() - began;

    Set<String> threads = new HashSet<>(tries);
    // One of each thread that was on its way, and one for a connection that has ended unnoticed
    long most = threads.size() + 2 + took / BETWEEN_TRIES.toNanos();
    assertThat(tries).hasSizeLessThanOrEqualTo((int) most);

    node.reconnect();
    for (RunHandle run : runs) {
      RunOutcome outcome = run.join(Probe.PATIENCE);
      assertThat(outcome.state()).as("%s", outcome).isEqualTo(RunState.COMPLETED);
    }
    long ticks = number("select count(*) from sk_run where unit = 'tick'");
    Await.until(
        Probe.PATIENCE,
        () -> number("select count(*) from sk_run where unit = 'tick'") > ticks + 3);
    assertThat(number("select count(*) from sk_item where state <> 'completed'")).isZero();
  }

  @Test
  void callersAreToldAtOnce() {
    node.disconnect();
    String caller = Thread.currentThread().getName();
    int refused = 5;
    for (int i = 0; i < refused; i++) {
      assertThatThrownBy(() -> manager.runWorkerById("plain")).hasMessageContaining("SYNC-0150");
    }
    assertThat(node.refused().stream().filter(caller::equals)).hasSize(refused);
    node.reconnect();

    List<RunHandle> accepted = new ArrayList<>();
    Await.until(Probe.PATIENCE, () -> isAccepted(accepted));
    assertThat(accepted.get(0).join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  /** The pool may still have a connection that has ended. */
  private boolean isAccepted(List<RunHandle> accepted) {
    try {
      return accepted.add(manager.runWorkerById("plain"));
    } catch (RuntimeException e) {
      assertThat(e).hasMessageContaining("SYNC-0150");
      return false;
    }
  }

  @Test
  void stopDoesNotWaitForTheDatabase() {
    work();
    try (EngineLog log = EngineLog.detailed()) {
      node.disconnect();
      Await.until(Probe.PATIENCE, () -> tries().size() >= 10);

      manager.stop();

      assertThat(log.lines(Level.WARNING, "does not wait any longer")).isEmpty();
    }
    node.reconnect();
    manager.start();
    assertThat(manager.runWorkerById("plain").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
  }

  private List<String> tries() {
    return node.refused().stream().filter(thread -> thread.startsWith("synchronik-")).toList();
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
