package io.synchronik.it.serverless;

import io.synchronik.SynchronikManager;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.worker.NodeLoss;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Nodes on one PostgreSQL database, with a short lease. */
final class Cluster implements AutoCloseable {
  final Database database = DatabaseKind.POSTGRESQL.create("cluster");
  private final List<Member> members = new ArrayList<>();

  /** A node with its own held work, which stands for what happens on that node. */
  record Member(String name, Node node, Held held, Probe<SynchronikEvent> events) {
    SynchronikManager manager() {
      return node.manager();
    }
  }

  @Worker(id = "held")
  static class HeldWorker implements Work<String> {
    @Inject Held held;

    @Override
    public String run(RunContext run) throws Exception {
      held.run(run);
      return "done";
    }
  }

  /** The same, never begun twice. */
  @Worker(id = "held-once", onNodeLoss = NodeLoss.FAIL)
  static class HeldOnce implements Work<String> {
    @Inject Held held;

    @Override
    public String run(RunContext run) throws Exception {
      held.run(run);
      return "done";
    }
  }

  /** Starts a node that has the worker {@code held}. */
  Member start(String name) {
    return start(name, UnaryOperator.identity());
  }

  Member start(String name, UnaryOperator<NodeBuilder> more) {
    Held held = Held.interruptibly();
    Node node =
        more.apply(
                Node.on(database)
                    .setting("synchronik.node", name)
                    .setting("synchronik.lease", "3s")
                    .setting("synchronik.loop-interval", "200ms")
                    .setting("synchronik.watcher-interval", "1s")
                    .setting("synchronik.stop-grace", "50ms")
                    .setting("synchronik.workers", "4")
                    .connections(15)
                    .beans(HeldWorker.class, HeldOnce.class)
                    .instance(Held.class, held))
            .start();
    Member member = new Member(name, node, held, Probe.events(node.manager()));
    members.add(member);
    return member;
  }

  /** Lets the time pass that a node's lease lasts; it cannot renew it. */
  void expireLease(Member silent, Member by) throws SQLException {
    database.execute(
        "update sk_node set lease_until = now() - interval '1 second' where name = ?",
        silent.name());
    by.manager().runWatcherScan();
  }

  @Override
  public void close() {
    members.forEach(member -> member.held().letAllGo());
    members.forEach(member -> member.node().close());
    database.close();
  }
}
