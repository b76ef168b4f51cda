package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver that throws an {@code Error} ends no thread of the engine. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class EngineErrorsIT {
  @Parameter DatabaseKind kind;
  private final Faults faults = new Faults();
  private Database database;
  private Node node;

  @BeforeEach
  void start() {
    database = kind.create("errors");
    node =
        Node.on(database)
            .setting("synchronik.loop-interval", "200ms")
            .setting("synchronik.lease", "3s")
            .faults(faults)
            .start();
  }

  @AfterEach
  void stop() {
    faults.clear();
    node.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"synchronik-lease", "synchronik-quartz"})
  void threadGoesOn(String thread) {
    for (int i = 1; i <= 5; i++) {
      Faults.Trap trap =
          faults.set(Faults.Kind.ERROR_AT_STATEMENT, i, one -> one.getName().startsWith(thread));
      Await.until(
          Probe.PATIENCE,
          () -> thread + " has not come to statement again: " + trap.seen(),
          () -> trap.hit().isPresent());
    }
    faults.clear();

    assertThat(node.manager().getEngineStats().node().running()).isTrue();
    Await.until(Probe.PATIENCE, () -> node.manager().getEngineStats().node().liveNodes() == 1);
  }
}
