package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.event.Milestone;
import io.synchronik.event.MilestoneId;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What observers have not been told when their node ends, they are told in its next life. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ToldAgainIT {
  private static final TypeLiteral<Probe<Told>> TOLD = new TypeLiteral<>() {};
  private static final int EVENTS = 60;
  private static final int BLOCKS_AT = 5;

  record Told(String by, int n) {}

  /** Lets observers go on, or not. */
  static final class Gate {
    private final CountDownLatch open = new CountDownLatch(1);
    private volatile boolean closed;

    private void pass() throws InterruptedException {
      if (closed) {
        open.await();
      }
    }
  }

  @Worker(id = "speaking")
  static class Speaking implements Action {
    @Override
    public void run(RunContext run) {
      for (int i = 0; i < EVENTS; i++) {
        run.milestone("said", i);
      }
    }
  }

  @ApplicationScoped
  static class Observers {
    @Inject Probe<Told> probe;
    @Inject Gate gate;

    void later(@ObservesAsync @MilestoneId("said") Milestone said) throws InterruptedException {
      tell("later", said);
    }

    void now(@Observes @MilestoneId("said") Milestone said) throws InterruptedException {
      tell("now", said);
    }

    private void tell(String by, Milestone said) throws InterruptedException {
      int n = said.payload(Integer.class);
      if (n >= BLOCKS_AT) {
        gate.pass();
      }
      probe.accept(new Told(by, n));
    }
  }

  @Parameter DatabaseKind kind;
  private Database database;
  private Gate gate;

  @BeforeEach
  void create() {
    database = kind.create("told-again");
    gate = new Gate();
  }

  @AfterEach
  void drop() {
    gate.open.countDown();
    database.close();
  }

  private Node start(Probe<Told> probe) {
    return Node.on(database)
        .setting("synchronik.loop-interval", "100ms")
        .setting("synchronik.lease", "3s")
        .setting("synchronik.stop-grace", "50ms")
        .beans(Speaking.class, Observers.class)
        .instance(TOLD, probe)
        .instance(Gate.class, gate)
        .start();
  }

  @Test
  void afterAStopInGoodOrder() {
    Probe<Told> before = new Probe<>();
    gate.closed = true;
    try (Node node = start(before)) {
      speak(node, before);
    }

    assertRestIsTold(before);
  }

  @Test
  void afterAKill() {
    Probe<Told> before = new Probe<>();
    gate.closed = true;
    try (Node node = start(before)) {
      speak(node, before);
      node.kill();
    }

    assertRestIsTold(before);
  }

  private static void speak(Node node, Probe<Told> probe) {
    node.manager().runWorkerById("speaking").join(Probe.PATIENCE);
    probe.awaitCount(2 * BLOCKS_AT, told -> true, Probe.PATIENCE);
  }

  private void assertRestIsTold(Probe<Told> before) {
    gate.closed = false;
    Probe<Told> after = new Probe<>();
    Node next = start(after);
    try {
      for (String by : List.of("now", "later")) {
        after.awaitCount(1, told -> told.equals(new Told(by, EVENTS - 1)), Probe.PATIENCE);
        List<Integer> told = numbers(after, by);
        assertThat(told)
            .as(by)
            .containsExactlyElementsOf(IntStream.range(told.get(0), EVENTS).boxed().toList());
        assertThat(told.get(0)).as(by).isLessThanOrEqualTo(BLOCKS_AT);
      }
    } finally {
      next.close();
    }
    assertThat(numbers(before, "now")).hasSizeLessThan(EVENTS);
    assertThat(numbers(before, "later")).hasSizeLessThan(EVENTS);
  }

  private static List<Integer> numbers(Probe<Told> probe, String by) {
    return probe.seen(told -> told.by.equals(by)).stream().map(Told::n).toList();
  }
}
