package io.synchronik.it.serverless;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.process.Process;
import io.synchronik.process.ProcessDesign;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.WorkerDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A node in a JVM of its own, which lives until it is killed or the JVM that forked it is gone. */
final class ForkedNode implements AutoCloseable {
  /** Processes of three workers each, one of which books. */
  static final List<String> PROCESSES = List.of("in-a-row", "at-once", "in-a-graph");

  private final Database database;
  private final OtherJvm jvm;

  private ForkedNode(Database database, OtherJvm jvm) {
    this.database = database;
    this.jvm = jvm;
  }

  /** Starts a JVM with a node that knows what {@link #start} registers. */
  static ForkedNode fork(Database database, String name) throws IOException {
    return new ForkedNode(database, OtherJvm.fork(ForkedNode.class, database.url(), name));
  }

  /** Starts a node in this JVM, with its own work for the last worker of each process. */
  static Node start(Database database, String name, Work<String> tell) {
    Node node =
        Node.on(database)
            .setting("synchronik.node", name)
            .setting("synchronik.lease", "3s")
            .setting("synchronik.loop-interval", "200ms")
            .setting("synchronik.watcher-interval", "1s")
            .setting("synchronik.stop-grace", "100ms")
            .setting("synchronik.workers", "4")
            .connections(15)
            .beans(Bookings.Book.class, Bills.Bill.class, Bills.Listed.class, Bills.Few.class)
            .start();
    SynchronikManager manager = node.manager();
    register(manager, "count", run -> 7);
    register(manager, "tell", run -> tell.run(run));
    register(manager, Process.named("in-a-row").workers("count", "book", "tell"));
    register(manager, Process.named("at-once").parallel().workers("count", "book", "tell"));
    register(
        manager,
        Process.named("in-a-graph")
            .worker("count")
            .worker("book")
            .after("count", (Integer count) -> count == 7)
            .worker("tell")
            .after("book"));
    return node;
  }

  private static void register(SynchronikManager manager, String worker, Work<?> work) {
    manager.registerUnit(
        WorkerDefinition.of(worker, work).with(config -> config.overlap(Overlap.ALLOW)));
  }

  private static void register(SynchronikManager manager, ProcessDesign process) {
    manager.registerUnit(process.overlap(Overlap.ALLOW).build());
  }

  /** The forked JVM. */
  public static void main(String[] arguments) throws IOException {
    Bills.gate = new CountDownLatch(1);
    try (Database database = Database.createdElsewhere(arguments[0]);
        Node node = start(database, arguments[1], ForkedNode::tell)) {
      OtherJvm.ready(node);
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Never ends, so that the node dies at work. */
  private static String tell(RunContext run) throws InterruptedException {
    new Semaphore(0).acquire();
    return "told";
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    jvm.kill();
  }

  void awaitReady() {
    jvm.awaitReady(database);
  }

  @Override
  public void close() {
    jvm.close();
  }
}
