package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.WorkerDefinition;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The same new unit registered by several at the same moment, in threads and on nodes. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class RegistrationRaceIT {
  private static final int ROUNDS = 8;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Schedule HOURLY =
      new Schedule.Every(HOUR, IntervalMode.FIXED_RATE, HOUR, Duration.ZERO);

  @Dependent
  static class Tea implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "tea";
    }
  }

  @Dependent
  static class Coffee implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "coffee";
    }
  }

  @Parameter DatabaseKind kind;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private Database database;
  private Node one;
  private Node two;

  @BeforeEach
  void start() {
    database = kind.create("race");
    one = node();
    two = node();
  }

  private Node node() {
    return Node.on(database)
        .setting("synchronik.loop-interval", "100ms")
        .setting("synchronik.stop-grace", "100ms")
        .beans(Tea.class, Coffee.class)
        .start();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    two.close();
    one.close();
    database.close();
  }

  @Test
  void theSameOneIsNoError() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      WorkerDefinition definition =
          WorkerDefinition.of("same-" + i, Tea.class).with(c -> c.schedule(HOURLY));
      List<Future<?>> all = atOnce(definition, definition, definition, definition);
      for (Future<?> registered : all) {
        registered.get();
      }
      assertThat(resultOn(one, "same-" + i)).isEqualTo("tea");
      assertThat(resultOn(two, "same-" + i)).isEqualTo("tea");
    }
  }

  @Test
  void oneOfTwoWinsAndTheOtherIsTold() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String id = "other-" + i;
      WorkerDefinition tea = WorkerDefinition.of(id, Tea.class);
      WorkerDefinition coffee = WorkerDefinition.of(id, Coffee.class);
      List<Future<?>> all = atOnce(tea, coffee, coffee, tea);

      String implementation = unit(id);
      boolean isTea = implementation.equals(Tea.class.getName());
      assertWon(all.get(0), isTea);
      assertWon(all.get(1), !isTea);
      assertWon(all.get(2), !isTea);
      assertWon(all.get(3), isTea);
      assertThat(resultOn(one, id)).isEqualTo(isTea ? "tea" : "coffee");
      assertThat(resultOn(two, id)).isEqualTo(isTea ? "tea" : "coffee");
    }
  }

  private static void assertWon(Future<?> registered, boolean wins) throws Exception {
    if (wins) {
      registered.get();
    } else {
      assertThatThrownBy(registered::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("SYNC-0007")
          .hasMessageContaining(Tea.class.getName())
          .hasMessageContaining(Coffee.class.getName());
    }
  }

  @Test
  void whoeverComesLaterIsToldOnAnotherNodeToo() {
    one.manager().registerUnit(WorkerDefinition.of("lambda", run -> "first"));

    assertThatThrownBy(
            () -> two.manager().registerUnit(WorkerDefinition.of("lambda", Coffee.class)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("SYNC-0007")
        .hasMessageContaining("code in memory of " + RegistrationRaceIT.class.getName())
        .hasMessageContaining(" on node ");

    assertThat(resultOn(two, "lambda")).isEqualTo("first");
    one.close();
    two.manager().registerUnit(WorkerDefinition.of("lambda", Coffee.class));
    assertThat(resultOn(two, "lambda")).isEqualTo("coffee");
  }

  @Test
  void aRolledBackRegistrationLeavesTheOneThatCommittedMeanwhile() throws Exception {
    SynchronikManager manager = one.manager();
    WorkerDefinition definition = WorkerDefinition.of("kept", Tea.class);
    manager.registerUnit(definition);
    assertThatThrownBy(
            () ->
                one.inTransaction(
                    () -> {
                      manager.registerUnit(definition.with(config -> config.maxRetries(7)));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(manager.getUnitById("kept").orElseThrow().workerConfig().retry().maxRetries())
        .isZero();
    assertThat(resultOn(one, "kept")).isEqualTo("tea");
  }

  /** Two threads of each node. */
  private List<Future<?>> atOnce(WorkerDefinition... definitions) {
    CyclicBarrier barrier = new CyclicBarrier(definitions.length);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < definitions.length; i++) {
      Node node = i % 2 == 0 ? one : two;
      WorkerDefinition definition = definitions[i];
      all.add(
          threads.submit(
              () -> {
                barrier.await();
                node.manager().registerUnit(definition);
                return null;
              }));
    }
    for (Future<?> registered : all) {
      try {
        registered.get();
      } catch (InterruptedException | ExecutionException e) {
        // Looked at by the test
      }
    }
    return all;
  }

  private String unit(String id) {
    return one.manager().getUnitById(id).orElseThrow().identity().implementation();
  }

  private static String resultOn(Node node, String unit) {
    return node.manager().runWorkerById(unit).join(Probe.PATIENCE).result().as(String.class);
  }
}
