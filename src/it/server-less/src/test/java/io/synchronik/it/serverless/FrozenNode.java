package io.synchronik.it.serverless;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.WorkerDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A node in a JVM of its own whose process is stopped in the middle of a transaction, as a virtual
 * machine is that is moved: it does nothing more, and its connections stay open.
 */
final class FrozenNode implements AutoCloseable {
  /** What it knows. */
  static final String UNIT = "held";

  private static final int AT_ONCE = 1;
  private static final int AFTER_HEARTBEAT = 2;

  /** In which transaction it freezes. */
  enum Where {
    /** It has won a due time. */
    FIRING("", "insert into sk_run"),
    /** It has recorded the end of a run. */
    ENDING("completions", "insert into sk_event_batch"),
    /** It has the journal. */
    NUMBERING("", "update sk_event_batch");

    private final String thread;
    private final String statement;

    Where(String thread, String statement) {
      this.thread = thread;
      this.statement = statement;
    }

    private boolean is(Faults.Hit hit) {
      return hit.thread().contains(thread) && hit.what().strip().startsWith(statement);
    }
  }

  /** How far it is. */
  private enum Standing {
    RUNNING,
    RENEWS,
    FREEZES,
    FROZEN
  }

  private final Database database;
  private final OtherJvm jvm;

  private FrozenNode(Database database, OtherJvm jvm) {
    this.database = database;
    this.jvm = jvm;
  }

  /** Starts it. */
  static FrozenNode fork(Database database, Where where, Duration lease) throws IOException {
    return new FrozenNode(
        database,
        OtherJvm.fork(FrozenNode.class, database.url(), where.name(), lease.toMillis() + "ms"));
  }

  /** Describes a node that knows the unit, here or there. */
  static NodeBuilder node(Database database, String name, String lease) {
    return Node.on(database)
        .setting("synchronik.node", name)
        .setting("synchronik.lease", lease)
        .setting("synchronik.loop-interval", "100ms")
        .setting("synchronik.stop-grace", "50ms")
        .setting("synchronik.workers", "4")
        .connections(15);
  }

  /** Registers a unit that is due again and again. */
  static void register(SynchronikManager manager, String id) {
    manager.registerUnit(
        WorkerDefinition.of(id, run -> "done")
            .with(config -> config.every(Duration.ofMillis(100)).overlap(Overlap.ALLOW)));
  }

  /** The forked JVM. */
  public static void main(String[] arguments) throws IOException {
    Where where = Where.valueOf(arguments[1]);
    AtomicReference<Standing> standing = new AtomicReference<>(Standing.RUNNING);
    Faults faults = new Faults();
    faults.watch(
        hit -> {
          if (hit.what().equals(Faults.COMMIT)) {
            if (hit.thread().contains("-lease")) {
              standing.compareAndSet(Standing.RENEWS, Standing.FREEZES);
            }
          } else if (where.is(hit) && standing.compareAndSet(Standing.FREEZES, Standing.FROZEN)) {
            stop();
          }
        });
    try (Database database = Database.createdElsewhere(arguments[0]);
        Node node = node(database, "frozen", arguments[2]).faults(faults).start()) {
      register(node.manager(), UNIT);
      OtherJvm.ready(node);
      // Until the JVM that has forked this one is gone
      for (int asked = System.in.read(); asked >= 0; asked = System.in.read()) {
        standing.set(asked == AFTER_HEARTBEAT ? Standing.RENEWS : Standing.FREEZES);
      }
    }
  }

  private static void stop() {
    try {
      new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets it freeze in its next transaction of the kind. */
  void freeze() throws IOException {
    freeze(AT_ONCE);
  }

  /** The same after its next heartbeat. */
  void freezeAfterHeartbeat() throws IOException {
    freeze(AFTER_HEARTBEAT);
  }

  private void freeze(int when) throws IOException {
    jvm.input().write(when);
    jvm.input().flush();
    Await.until(Probe.PATIENCE, () -> "Not frozen: " + state(), () -> state().startsWith("T"));
  }

  /** As {@code ps} writes it. */
  private String state() {
    try {
      Process asked =
          new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(jvm.pid())).start();
      return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitReady() {
    jvm.awaitReady(database);
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    jvm.kill();
  }

  @Override
  public void close() {
    jvm.close();
  }
}
