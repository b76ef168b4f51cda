package io.synchronik.impl.engine;

import io.synchronik.impl.store.RunStore;

/** Who this node is: changes when it lost its lease and begins anew. */
final class NodeIdentity {
  private volatile RunStore.Claimer claimer;

  NodeIdentity(RunStore.Claimer first) {
    claimer = first;
  }

  RunStore.Claimer claimer() {
    return claimer;
  }

  void renew(String incarnation) {
    claimer = new RunStore.Claimer(incarnation, claimer.node());
  }
}
