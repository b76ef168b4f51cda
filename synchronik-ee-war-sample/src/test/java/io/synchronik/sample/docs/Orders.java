package io.synchronik.sample.docs;

import io.synchronik.RunRequest;
import io.synchronik.SynchronikManager;
import io.synchronik.event.OfUnit;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/** Asks for runs, looks after a unit, and is told. */
@ApplicationScoped
public class Orders {
  private static final System.Logger LOG = System.getLogger("orders");

  @Inject SynchronikManager synchronik;

  /** The payload of a run. */
  public record ShipOrder(int order) {}

  // tag::request[]
  @Transactional
  public void place(int order) {
    // … the order's own rows …
    synchronik.runWorkerById("ship-order", new ShipOrder(order)); // is there only if this commits
  }

  @Transactional
  public void placeOnce(int order) {
    RunRequest once = RunRequest.PLAIN.withKey("order-" + order).withPayload(new ShipOrder(order));
    synchronik.runUnitById("ship-order", once); // asked for again, it is the same run
  }

  // end::request[]

  // tag::control[]
  void lookAfter(String unit) {
    synchronik.pause(unit, Instant.now().plus(Duration.ofHours(1)));
    synchronik.updateWorkerConfig(unit, change -> change.maxRetries(5));
    synchronik.resume(unit);
    synchronik.getUnitById(unit).ifPresent(view -> LOG.log(System.Logger.Level.INFO, view));
  }

  // end::control[]

  // tag::observers[]
  void onAnyFailure(@Observes UnitFailed event) {
    LOG.log(System.Logger.Level.WARNING, "{0}: {1}", event.unit(), event.failure());
  }

  void onShipped(@ObservesAsync @OfUnit("ship-order") UnitCompleted event) {
    LOG.log(System.Logger.Level.INFO, "Shipped by run {0}", event.run().orElseThrow());
  }
  // end::observers[]
}
