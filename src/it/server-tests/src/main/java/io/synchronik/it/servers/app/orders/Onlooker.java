package io.synchronik.it.servers.app.orders;

import io.synchronik.SynchronikManager;
import io.synchronik.it.servers.app.Notes;
import io.synchronik.run.RunHandle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Sees what others see while a transaction is open. */
@ApplicationScoped
public class Onlooker {
  @Inject SynchronikManager manager;
  @Inject Orders orders;
  @Inject Notes notes;

  /** Has the engine start what it can, then looks for the run. */
  @Transactional(TxType.NOT_SUPPORTED)
  public void look(RunHandle run) {
    manager.runLoopOnce();
    notes.add(
        "outside " + (manager.getRunById(run.id().toString()).isPresent() ? "seen" : "unseen"));
  }
}
