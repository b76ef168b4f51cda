package io.synchronik.impl.run;

import io.synchronik.event.UnitCancelled;
import io.synchronik.impl.store.item.ItemSetEnds;
import io.synchronik.impl.store.run.ControlStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.UnitCounts;
import io.synchronik.impl.unit.UnitLedger;
import io.synchronik.run.RunState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Cancels runs that no node executes. Locks the run, then its set; then units, by id. */
public final class IdleRuns {
  private final Core core;
  private final ControlStore control = new ControlStore();
  private final ItemSetEnds sets = new ItemSetEnds();
  private final UnitLedger ledger;

  /**
   * A run that is cancelled.
   *
   * @param before the state it had
   * @param later whether its items are withdrawn first
   */
  public record Canceled(RunState before, boolean later) {}

  public IdleRuns(Core core, UnitLedger ledger) {
    this.core = core;
    this.ledger = ledger;
  }

  /** Cancels a run, at once or when its items are withdrawn; empty when it has moved on. */
  public Optional<Canceled> cancel(Tx tx, String run, String by) {
    return control
        .lockIfIdle(tx.session(), run)
        .map(
            before -> {
              boolean later = !sets.open(tx.session(), List.of(run)).isEmpty();
              if (later) {
                control.cancelIdleLater(tx.session(), run, by);
                sets.endIfOpen(tx.session(), run, ItemSetEnds.Verdict.canceled(by));
              } else {
                control.cancelIdle(tx.session(), run, by, tx.now());
              }
              return new Canceled(before, later);
            });
  }

  /** Counts and announces a run that was cancelled. */
  public void canceled(Tx tx, String unit, String run, RunState before, String by) {
    if (before != RunState.SUBMITTED) {
      UnitCounts counts = ledger.hold(tx, Set.of(unit));
      if (counts.withdrawn(unit, run)) {
        counts.announce(core.journal(), tx, unit, run);
      }
      counts.write();
    }
    core.journal().add(tx, unit, run, origin -> new UnitCancelled(origin, by));
  }
}
