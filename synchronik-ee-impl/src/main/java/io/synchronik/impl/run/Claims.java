package io.synchronik.impl.run;

import io.synchronik.impl.store.run.ClaimStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.UnitCounts;
import io.synchronik.impl.unit.UnitLedger;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Claims runs that are ready or whose delay is over. Locks runs, then units of first attempts that
 * nobody else holds.
 */
public final class Claims {
  private final Starts starts;
  private final ClaimStore runs = new ClaimStore();
  private final UnitLedger ledger;

  public Claims(Starts starts, UnitLedger ledger) {
    this.starts = starts;
    this.ledger = ledger;
  }

  public List<RunStore.Owned> claim(
      Tx tx, RunStore.Claimer claimer, Collection<String> known, int slots) {
    List<RunStore.Owned> claimed = runs.claim(tx.session(), claimer, known, tx.now(), slots);
    List<RunStore.Owned> first = claimed.stream().filter(run -> run.fence() == 1).toList();
    if (!first.isEmpty()) {
      Set<String> ids = new TreeSet<>();
      first.forEach(run -> ids.add(run.unit()));
      UnitCounts counts = ledger.hold(tx, ids);
      for (RunStore.Owned run : first) {
        starts.announceStart(tx, run.unit(), run.id(), run.context().origin(), null);
        counts.started(run.unit(), run.id(), tx.now());
      }
      counts.write();
    }
    return claimed;
  }
}
