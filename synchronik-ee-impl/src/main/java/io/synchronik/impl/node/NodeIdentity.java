package io.synchronik.impl.node;

import io.synchronik.impl.store.run.RunStore;

/** Who this node is: changes when it lost its lease and begins anew. */
public final class NodeIdentity {
  private volatile RunStore.Claimer claimer;

  public NodeIdentity(RunStore.Claimer first) {
    claimer = first;
  }

  public RunStore.Claimer claimer() {
    return claimer;
  }

  public void renew(String incarnation) {
    claimer = new RunStore.Claimer(incarnation, claimer.node());
  }
}
