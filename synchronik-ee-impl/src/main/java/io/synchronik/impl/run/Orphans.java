package io.synchronik.impl.run;

import io.synchronik.event.UnitSkipped;
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

/**
 * Ends runs of code in memory that no live node knows any more. Runs of beans wait: a node with
 * their code may come back.
 */
public final class Orphans {
  private static final int MOST = 500;
  private static final String REASON = "no live node knows the code in memory";

  private final Core core;
  private final NodeIdentity identity;
  private final RunEnds ends;
  private final ClaimStore claims = new ClaimStore();

  public Orphans(Core core, NodeIdentity identity, RunEnds ends) {
    this.core = core;
    this.identity = identity;
    this.ends = ends;
  }

  /** Returns how many runs were ended. */
  public int end() {
    return core.transactions()
        .briefly(
            tx -> {
              Instant now = tx.session().now();
              int skipped = skip(tx, now);
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
    for (RunStore.Submitted run :
        claims.lockForgottenSubmitted(tx.session(), RegisteredWorker.CODE_IN_MEMORY, now, MOST)) {
      if (claims.skipIfSubmitted(tx.session(), run.id(), REASON, tx.now())) {
        skipped++;
        core.journal()
            .add(
                tx,
                run.unit(),
                run.id(),
                origin -> new UnitSkipped(origin, run.origin().cause(), REASON));
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
