package io.synchronik.impl.run;

import io.synchronik.impl.lifecycle.Produced;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.node.NodeIdentity;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.run.ClaimStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Ends runs of code in memory that no live node knows any more, and removes those of removed units.
 * Runs of beans wait: a node with their code may come back.
 */
public final class Orphans {
  private static final int MOST = 500;
  private static final String REASON = "no live node knows the code in memory";

  private final Core core;
  private final NodeIdentity identity;
  private final RunEnds ends;
  private final RunSkips skips;
  private final ClaimStore claims = new ClaimStore();

  public Orphans(Core core, NodeIdentity identity, RunEnds ends) {
    this.core = core;
    this.identity = identity;
    this.ends = ends;
    this.skips = new RunSkips(core.journal());
  }

  /** Returns how many runs were ended. */
  public int end() {
    return core.transactions()
        .briefly(
            tx -> {
              Instant now = tx.session().now();
              int skipped = claims.removeOfNoUnit(tx.session(), MOST) + skip(tx, now);
              RunStore.Claimer claimer = identity.claimer();
              List<RunStore.Owned> seized =
                  claims.seizeIfOpen(
                      tx.session(),
                      claimer,
                      claims.lockForgotten(tx.session(), RegisteredWorker.CODE_IN_MEMORY, now));
              return skipped
                  + ends.applyFree(tx, seized.stream().map(run -> failed(run, claimer)).toList())
                      .applied()
                      .size();
            });
  }

  private int skip(Tx tx, Instant now) {
    int skipped = 0;
    List<RunStore.Submitted> forgotten =
        claims.lockForgottenSubmitted(tx.session(), RegisteredWorker.CODE_IN_MEMORY, now, MOST);
    Set<String> held = skips.held(tx, forgotten);
    for (RunStore.Submitted run : forgotten) {
      if (!held.contains(run.id()) && skips.skip(tx, run, REASON)) {
        skipped++;
      }
    }
    return skipped;
  }

  private static RunEnds.Item failed(RunStore.Owned run, RunStore.Claimer claimer) {
    Failure failure = new Failure("UnknownUnit", Message.ORPHANED.with(run.unit()), "", null);
    RunChange change =
        new RunChange(RunState.FAILED, null, run.attempt(), Produced.NOTHING, failure, null);
    return new RunEnds.Item(run, claimer.incarnation(), change, run.losses(), null, null);
  }
}
