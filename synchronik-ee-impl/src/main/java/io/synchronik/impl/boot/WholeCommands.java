package io.synchronik.impl.boot;

import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.audit.Asking;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.unit.Core;
import io.synchronik.run.SynchronikException;
import java.util.List;
import java.util.function.Consumer;

/** Commands about many units or runs, each in a transaction of its own, and about a node. */
final class WholeCommands {
  private final Core core;

  WholeCommands(Core core) {
    this.core = core;
  }

  /** Does something to each of some runs or units; it is told as one thing. */
  void each(Act act, List<String> ids, Consumer<String> change) {
    Asking.whole(act, () -> each(ids, change));
  }

  /** What somebody holds is told after the others have had their turn. */
  private void each(List<String> ids, Consumer<String> change) {
    SynchronikException held = null;
    for (String id : ids) {
      try {
        change.accept(id);
      } catch (SynchronikException e) {
        if (core.transactions().current() != null || !StoreException.isLocked(e)) {
          throw e;
        }
        held = e;
      }
    }
    if (held != null) {
      throw held;
    }
  }

  /** Something that is done to all units. */
  Act all(Action action) {
    return Act.of(action, Act.Kind.ENGINE, core.settings().identity().application());
  }

  /** Tells that somebody outside starts or stops the node; the tables and the log tell the rest. */
  void node(Action action) {
    if (Asking.present().asker() == null) {
      return;
    }
    Act act = Act.daily(action, Act.Kind.ENGINE, core.settings().identity().node());
    try {
      core.transactions()
          .joined(
              tx -> {
                tx.did(act);
                return null;
              });
    } catch (RuntimeException | Error e) {
      // A node must stop also while its database is away
      if (!StoreException.isOutage(e)) {
        throw e;
      }
    }
  }
}
