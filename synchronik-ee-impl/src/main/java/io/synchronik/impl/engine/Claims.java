package io.synchronik.impl.engine;

import io.synchronik.impl.store.ClaimStore;
import io.synchronik.impl.store.RunStore;
import io.synchronik.impl.store.UnitStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Claims runs that are ready or whose delay is over. */
final class Claims {
  private final Starts starts;
  private final ClaimStore runs = new ClaimStore();
  private final UnitStore units = new UnitStore();

  Claims(Starts starts) {
    this.starts = starts;
  }

  List<RunStore.Owned> claim(Tx tx, RunStore.Claimer claimer, Collection<String> known, int slots) {
    List<RunStore.Owned> claimed = runs.claim(tx.session(), claimer, known, tx.now(), slots);
    Map<String, String> started = new TreeMap<>();
    for (RunStore.Owned run : claimed) {
      if (run.fence() == 1) {
        starts.announceStart(tx, run.unit(), run.id(), run.context().cause());
        started.put(run.unit(), run.id());
      }
    }
    units.started(tx.session(), started, tx.now());
    return claimed;
  }
}
