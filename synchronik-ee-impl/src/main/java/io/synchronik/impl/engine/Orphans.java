package io.synchronik.impl.engine;

import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.ClaimStore;
import io.synchronik.impl.store.NodeStore;
import io.synchronik.impl.store.RunStore;
import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import java.util.List;

/**
 * Ends runs of code in memory that no live node knows any more. Runs of beans wait: a node with
 * their code may come back.
 */
final class Orphans {
  private final Core core;
  private final NodeIdentity identity;
  private final RunEnds ends;
  private final NodeStore nodes = new NodeStore();
  private final ClaimStore claims = new ClaimStore();

  Orphans(Core core, NodeIdentity identity, RunEnds ends) {
    this.core = core;
    this.identity = identity;
    this.ends = ends;
  }

  /** Returns how many runs were ended. */
  int end() {
    return core.transactions()
        .own(
            tx -> {
              List<String> known = nodes.knownUnits(tx.session(), tx.session().now());
              int skipped =
                  claims.skipForgotten(
                      tx.session(),
                      RegisteredWorker.CODE_IN_MEMORY,
                      known,
                      "no live node knows the code in memory",
                      tx.now());
              RunStore.Claimer claimer = identity.claimer();
              List<RunStore.Owned> seized =
                  claims.seizeIfOpen(
                      tx.session(),
                      claimer,
                      claims.lockForgotten(tx.session(), RegisteredWorker.CODE_IN_MEMORY, known));
              return skipped
                  + ends.apply(tx, seized.stream().map(run -> failed(run, claimer)).toList())
                      .size();
            });
  }

  private static RunEnds.Item failed(RunStore.Owned run, RunStore.Claimer claimer) {
    Failure failure = new Failure("UnknownUnit", Message.ORPHANED.with(run.unit()), "", null);
    RunChange change = new RunChange(RunState.FAILED, null, run.attempt(), null, failure, null);
    return new RunEnds.Item(run, claimer.incarnation(), change, run.losses(), null, null);
  }
}
