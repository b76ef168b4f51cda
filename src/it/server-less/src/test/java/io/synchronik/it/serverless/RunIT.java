package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.UnitView;
import io.synchronik.event.Milestone;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitStarted;
import io.synchronik.event.UnitUpdated;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker's run from its cause to its outcome. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class RunIT {
  public record Order(String number, int pieces) {}

  public record Shipment(String number, int parcels) {}

  @Worker(id = "ship", name = "Ship an order")
  static class Ship implements Work<Shipment> {
    @Override
    public Shipment run(RunContext run) {
      Order order = Objects.requireNonNull(run.payload(Order.class));
      return new Shipment(order.number(), order.pieces() / 2);
    }
  }

  @ApplicationScoped
  static class Ticking {
    @Worker(id = "tick", every = "100ms")
    long tick(RunContext run) {
      return run.scheduledAt().orElseThrow().toEpochMilli();
    }
  }

  @Parameter DatabaseKind kind;
  private Database database;
  private Node node;

  @BeforeEach
  void start() {
    database = kind.create("run");
    node = Node.on(database).beans(Ship.class, Ticking.class).start();
  }

  @AfterEach
  void stop() {
    node.close();
    database.close();
  }

  @Test
  void requestedRunGetsItsPayloadAndGivesItsResult() {
    Probe<SynchronikEvent> events = Probe.events(node.manager());

    RunHandle run = node.manager().runWorkerById("ship", new Order("A-7", 4));
    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(outcome.result().as(Shipment.class)).isEqualTo(new Shipment("A-7", 2));
    events.awaitNext(Milestone.class, m -> m.milestoneId().equals("unit:ship:completed"));
    List<Class<?>> ofRun =
        events.seen(event -> event.run().equals(Optional.of(run.id()))).stream()
            .<Class<?>>map(Object::getClass)
            .toList();
    assertThat(ofRun)
        .containsExactly(
            UnitUpdated.class,
            UnitStarted.class,
            Milestone.class,
            UnitUpdated.class,
            UnitCompleted.class,
            Milestone.class);
    UnitView unit = node.manager().getUnitById("ship").orElseThrow();
    assertThat(unit.status()).isEqualTo(UnitStatus.COMPLETED);
    assertThat(unit.statistics().runs()).isEqualTo(1);
    assertThat(unit.identity().name()).isEqualTo("Ship an order");
  }

  @Test
  void intervalFiresEachScheduledTimeOnce() throws Exception {
    Probe<SynchronikEvent> events = Probe.events(node.manager());

    events.awaitCount(
        5,
        event -> event instanceof UnitCompleted done && done.unit().value().equals("tick"),
        Probe.PATIENCE);

    assertThat(
            database.number(
                "select count(*) from sk_run where unit = 'tick' and state = 'completed'"))
        .isGreaterThanOrEqualTo(5);
    assertThat(
            database.number(
                "select count(*) - count(distinct scheduled_at) from sk_run where unit = 'tick'"))
        .isZero();
  }
}
