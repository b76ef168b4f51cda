package io.synchronik.impl.run;

import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.node.Statistics;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.unit.Core;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;

/**
 * Records results of runs that came with an old fence.
 *
 * @param core for looking at the run
 * @param statistics counts them
 * @param milestones announces them
 */
public record Rejections(Core core, Statistics statistics, Milestones milestones) {
  private static final Logger LOG = System.getLogger(Rejections.class.getName());

  /** The end stands already when its first commit came true though it failed. */
  public void record(RunStore.Owned run) {
    RunStore.Claimed claim = new RunStore.Claimed(run.id(), run.fence());
    if (core.transactions().own(tx -> new RunStore().isLatest(tx.session(), claim))) {
      return;
    }
    statistics.rejected();
    LOG.log(
        Level.WARNING, "The result of run {0} came with an old fence and was rejected", run.id());
    milestones.emitNow("watcher:rejected", Map.of("fence", run.fence()), run.unit(), run.id());
  }
}
