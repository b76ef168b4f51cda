package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.EngineLog;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes of two versions of an application, whose schedules differ, on the same tables. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class VersionsIT {
  @ApplicationScoped
  static class OldCode {
    @Inject Probe<String> ran;

    @Worker(id = "moved", every = "1h", initialDelay = "1h")
    void moved() {
      ran.accept("old");
    }

    @Worker(id = "slowed", every = "40ms")
    void slowed() {}

    @Worker(id = "after-its-end", every = "1h", initialDelay = "1h")
    void afterItsEnd() {
      ran.accept("after its end, old");
    }

    @Worker(id = "delayed", every = "1h", mode = IntervalMode.FIXED_DELAY, initialDelay = "1h")
    void delayed() {
      ran.accept("delayed, old");
    }
  }

  @ApplicationScoped
  static class NewCode {
    @Inject Probe<String> ran;

    @Worker(id = "moved", every = "50ms")
    void moved(RunContext run) {
      ran.accept("new");
    }

    @Worker(id = "slowed", every = "1h", initialDelay = "1h")
    void slowed() {}

    @Worker(id = "after-its-end", every = "50ms", mode = IntervalMode.FIXED_DELAY)
    void afterItsEnd() {}

    @Worker(id = "delayed", every = "70ms", mode = IntervalMode.FIXED_DELAY)
    void delayed() {}
  }

  @Parameter DatabaseKind kind;
  private final Probe<String> ran = new Probe<>();
  private Database database;

  @BeforeEach
  void create() {
    database = kind.create("versions");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private Node start(String version, Class<?> code) {
    return Node.on(database)
        .setting("synchronik.version", version)
        .setting("synchronik.loop-interval", "100ms")
        .beans(code)
        .instance(new TypeLiteral<Probe<String>>() {}, ran)
        .start();
  }

  private String schedule(String unit) {
    try {
      return String.valueOf(
          database
              .rows("select expression from sk_schedule where unit = '" + unit + "'")
              .get(0)
              .get(0));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theOlderNodeGoesOnFiringWhatTheTablesSay() {
    try (Node older = start("1.9", OldCode.class);
        EngineLog log = EngineLog.open()) {
      assertThat(schedule("moved")).startsWith("every 1h FIXED_RATE");
      try (Node newer = start("1.10", NewCode.class)) {
        ran.awaitCount(3, "new"::equals, Probe.PATIENCE);
        assertThat(schedule("moved")).startsWith("every 50ms FIXED_RATE");
        assertThat(newer.manager().getUnitById("moved")).isPresent();
      }

      ran.awaitCount(ran.seen("old"::equals).size() + 10, "old"::equals, Probe.PATIENCE);
      ran.awaitCount(3, "after its end, old"::equals, Probe.PATIENCE);
      ran.awaitCount(3, "delayed, old"::equals, Probe.PATIENCE);
      assertThat(schedule("moved")).startsWith("every 50ms FIXED_RATE");
      assertThat(schedule("slowed")).startsWith("every 1h FIXED_RATE");
      assertThat(older.manager().getUnitById("moved").orElseThrow().timing().upcoming())
          .as("the next due times")
          .hasSizeGreaterThan(1)
          .satisfies(
              upcoming ->
                  assertThat(upcoming.get(upcoming.size() - 1))
                      .isBefore(upcoming.get(0).plusSeconds(60)));
      assertThat(log.lines(java.util.logging.Level.WARNING, "SYNC-0142")).isEmpty();
    }
  }

  @Test
  void anOlderNodeThatStartsLaterOrSetsSomethingLeavesTheScheduleAsItIs() {
    try (Node newer = start("2", NewCode.class);
        Node older = start("1", OldCode.class)) {
      older.manager().disable("moved");
      older.manager().enable("moved");
      older.manager().updateUnitConfig("moved", config -> config.maxRuns(1_000_000));

      for (String unit : List.of("moved", "after-its-end", "delayed")) {
        assertThat(schedule(unit)).as(unit).doesNotContain("1h");
      }
      int before = ran.seen().size();
      ran.awaitCount(before + 5, any -> true, Probe.PATIENCE);
      assertThat(newer.manager().getUnitById("moved").orElseThrow().workerConfig().maxRuns())
          .isEqualTo(1_000_000);
    }
  }

  @Test
  void nodesOfTheSameVersionWriteWhatTheySay() {
    try (Node first = start("1", OldCode.class);
        Node second = start("1.0", NewCode.class)) {
      assertThat(schedule("moved")).startsWith("every 50ms");
      ran.awaitCount(5, any -> true, Probe.PATIENCE);
      assertThat(first.manager().getUnitById("moved")).isPresent();
      assertThat(second.manager().getUnitById("moved")).isPresent();
    }
  }
}
