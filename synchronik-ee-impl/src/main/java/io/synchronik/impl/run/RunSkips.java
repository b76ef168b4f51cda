package io.synchronik.impl.run;

import io.synchronik.event.UnitSkipped;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.store.item.ItemSetEnds;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.run.ClaimStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Ends runs that were asked for as skipped. Items that they were given already are withdrawn. A run
 * to which somebody is adding items is left for later.
 */
final class RunSkips {
  private final Journal journal;
  private final ClaimStore runs = new ClaimStore();
  private final ItemSets sets = new ItemSets();
  private final ItemSetEnds ends = new ItemSetEnds();

  RunSkips(Journal journal) {
    this.journal = journal;
  }

  /** Holds the items of locked runs; returns the runs of which somebody else holds them. */
  Set<String> held(Tx tx, Collection<RunStore.Submitted> wanted) {
    List<String> ids = wanted.stream().map(RunStore.Submitted::id).toList();
    return ids.isEmpty() ? Set.of() : sets.lockFree(tx.session(), ids);
  }

  /** Ends a run whose items nobody else holds; returns false when it has moved on. */
  boolean skip(Tx tx, RunStore.Submitted run, String reason) {
    if (!runs.skipIfSubmitted(tx.session(), run.id(), reason, tx.now())) {
      return false;
    }
    ends.endIfOpen(tx.session(), run.id(), ItemSetEnds.Verdict.canceled(reason));
    journal.add(
        tx, run.unit(), run.id(), origin -> new UnitSkipped(origin, run.origin().cause(), reason));
    return true;
  }
}
