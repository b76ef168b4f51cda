package io.synchronik.impl.journal;

import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Asking;
import io.synchronik.impl.audit.Asking.Asker;
import io.synchronik.impl.store.audit.AuditStore;
import io.synchronik.impl.tx.Ledger;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.tx.Tx;
import java.util.List;

/** Writes down what a transaction does for people, and who asks for it, beside its events. */
public final class AuditTrail implements Ledger {
  private final Journal journal;
  private final Platform platform;
  private final AuditStore store = new AuditStore();

  public AuditTrail(Journal journal, Platform platform) {
    this.journal = journal;
    this.platform = platform;
  }

  @Override
  public void write(Tx tx) {
    Asking asking = Asking.present();
    List<Act> told = asking.toTell(tx.acts());
    if (!told.isEmpty()) {
      tx.afterRollback(asking::untold);
      Asker asker = asker(asking);
      told.forEach(act -> store.insert(tx.session(), journal.nextId(), tx.now(), asker, act));
    }
    journal.write(tx);
  }

  private Asker asker(Asking asking) {
    Asker known = asking.asker();
    if (known != null) {
      return known;
    }
    String elsewhere = asking.principal();
    return new Asker(elsewhere == null ? platform.principal() : elsewhere, null, null);
  }

  @Override
  public void mark(Tx tx) {
    journal.mark(tx);
  }

  @Override
  public void ended(Tx tx, Tx.End end) {
    journal.ended(tx, end);
  }
}
