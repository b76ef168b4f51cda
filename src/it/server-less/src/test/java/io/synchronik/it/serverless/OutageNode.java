package io.synchronik.it.serverless;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;

/** A node whose database goes away for a while: it does all soon that it does again and again. */
final class OutageNode {
  private OutageNode() {}

  /** Begins to describe it. */
  static NodeBuilder on(Database database) {
    return Node.on(database)
        .setting("synchronik.loop-interval", "200ms")
        .setting("synchronik.lease", "3s")
        .setting("synchronik.watcher-interval", "1s")
        .setting("synchronik.stop-grace", "100ms");
  }
}
