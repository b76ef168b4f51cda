package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.ForkedJvm;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;

/** A JVM with a node of its own, which lives until it is killed or this JVM is gone. */
final class OtherJvm implements AutoCloseable {
  private static final String READY = "ready";

  private final Process jvm;

  private OtherJvm(Process jvm) {
    this.jvm = jvm;
  }

  /** Starts it. */
  static OtherJvm fork(Class<?> main, String... arguments) throws IOException {
    return new OtherJvm(
        ForkedJvm.of(main, arguments).redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** Says there that its node works. */
  static void ready(Node node) {
    node.manager().emitMilestone(READY, null);
  }

  /** Waits here until its node works. */
  void awaitReady(Database database) {
    Await.until(
        Probe.PATIENCE,
        () -> "The other node is not ready; its JVM writes where this one does",
        () -> isReady(database) || !jvm.isAlive());
    assertThat(jvm.isAlive()).isTrue();
  }

  private static boolean isReady(Database database) {
    try {
      return database.number(
              "select count(*) from sk_event where type = 'milestone' and data like ?",
              "%" + READY + "%")
          == 1;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long pid() {
    return jvm.pid();
  }

  /** Returns what its standard input reads. */
  OutputStream input() {
    return jvm.getOutputStream();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    jvm.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    jvm.destroyForcibly();
  }
}
