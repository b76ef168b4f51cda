package io.synchronik.impl.boot;

import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.node.Statistics;

/** What this node has to do, as its lease tells others, and what follows what they say of it. */
final class NodeBearing implements NodeLease.Bearer {
  private final UseCases uses;
  private final RunningParts running;

  /**
   * Creates it.
   *
   * @param running used when the lease has begun, not before it is complete
   */
  NodeBearing(UseCases uses, RunningParts running) {
    this.uses = uses;
    this.running = running;
  }

  @Override
  public void lost() {
    running.taken.forget();
  }

  @Override
  public void takesIn(boolean again) {
    running.dispatcher.takeIn(again);
    if (again) {
      running.workElsewhere();
    }
  }

  @Override
  public void bulkWaits() {
    running.bulk.look();
  }

  @Override
  public boolean isEmpty() {
    return running.dispatcher.isEmpty() && running.attempts.isEmpty() && running.items.isEmpty();
  }

  @Override
  public Statistics.Load load() {
    return uses.statistics.load(running.dispatcher.busy(), running.runningRuns.stuck());
  }
}
