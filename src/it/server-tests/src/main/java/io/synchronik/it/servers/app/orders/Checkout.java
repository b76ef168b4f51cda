package io.synchronik.it.servers.app.orders;

import io.synchronik.SynchronikManager;
import io.synchronik.it.servers.app.Notes;
import io.synchronik.run.RunHandle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.concurrent.atomic.AtomicReference;

/** Places an order and asks for its bill in one transaction. */
@ApplicationScoped
public class Checkout {
  @Inject SynchronikManager manager;
  @Inject Orders orders;
  @Inject Onlooker onlooker;
  @Inject Notes notes;

  /**
   * Places an order.
   *
   * @param requested gets the run before the transaction ends
   */
  @Transactional
  public void place(String number, boolean payable, AtomicReference<RunHandle> requested) {
    orders.add(number);
    RunHandle run = manager.runWorkerById("bill", number);
    requested.set(run);
    notes.add("in transaction " + run.state());
    onlooker.look(run);
    if (!payable) {
      throw new IllegalStateException("The customer cannot pay");
    }
    notes.add("commit " + number + " " + System.nanoTime());
  }
}
