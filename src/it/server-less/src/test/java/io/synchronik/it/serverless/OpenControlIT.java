package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.UnitView;
import io.synchronik.event.Milestone;
import io.synchronik.event.UnitUpdated;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Process;
import io.synchronik.process.ProcessDesign;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.UnitNotRunnableException;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.schedule.Overlap;
import io.synchronik.unit.UnitStatus;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller sets of many units is so with his commit; until then all of them go on. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@SuppressWarnings("try")
class OpenControlIT extends SharedNode {
  private static final List<String> TICKING = ids("ticking", 12);
  private static final List<String> PARTS = ids("part", 40);

  /** Much less than to wait for each of the parts in turn, a sixth of a lease each. */
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final Map<String, AtomicInteger> ticks = new TreeMap<>();

  private static List<String> ids(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + "-" + i).toList();
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.lease", "6s");
  }

  @Override
  void prepare() {
    for (String id : TICKING) {
      AtomicInteger count = new AtomicInteger();
      ticks.put(id, count);
      register(
          id,
          run -> count.incrementAndGet(),
          config -> config.every(Duration.ofMillis(100)).overlap(Overlap.ALLOW));
    }
    register("alone", run -> "done");
    PARTS.forEach(id -> register(id, run -> "done", config -> config.overlap(Overlap.ALLOW)));
    ProcessDesign wide = Process.named("wide").parallel();
    PARTS.forEach(wide::worker);
    manager.registerUnit(wide.build());
  }

  @AfterEach
  void startAll() {
    manager.startAll();
    TICKING.forEach(manager::enable);
  }

  @Test
  void allStopAndStartWithTheCommit() throws Exception {
    try (OpenCaller caller =
        OpenCaller.of(
            node,
            () -> {
              manager.stopAll();
              assertThat(manager.listUnits()).allMatch(OpenControlIT::isPaused);
              assertThatThrownBy(() -> manager.runWorkerById("alone"))
                  .isInstanceOf(UnitNotRunnableException.class);
            })) {
      allTick();
      assertThat(manager.listUnits()).noneMatch(OpenControlIT::isPaused);
    }
    OffsetDateTime stopped = now();
    assertThat(manager.listUnits()).allMatch(OpenControlIT::isPaused);
    assertThat(unit("alone").status()).isEqualTo(UnitStatus.PAUSED);
    assertThatThrownBy(() -> manager.runWorkerById("alone"))
        .isInstanceOf(UnitNotRunnableException.class);
    TICKING.forEach(id -> awaitSkipped(id, stopped));
    assertThat(startedSince(stopped)).isZero();
    assertThat(unit("alone").control().pausedBy()).isNotNull();

    try (OpenCaller caller = OpenCaller.of(node, manager::startAll)) {
      assertThat(manager.listUnits()).allMatch(OpenControlIT::isPaused);
      assertThat(startedSince(stopped)).isZero();
    }
    assertThat(manager.listUnits()).noneMatch(OpenControlIT::isPaused);
    assertThat(manager.runWorkerById("alone").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
    allTick();
    for (UnitStatus status : List.of(UnitStatus.PAUSED, UnitStatus.IDLE)) {
      events.awaitCount(
          1,
          event ->
              isAbout(UnitUpdated.class, "alone", event)
                  && ((UnitUpdated) event).status() == status,
          Probe.PATIENCE);
    }
  }

  @Test
  void schedulesAreSilentWithTheCommit() throws Exception {
    try (OpenCaller caller = OpenCaller.of(node, () -> TICKING.forEach(manager::disable))) {
      allTick();
      assertThat(unit(TICKING.get(0)).control().enabled()).isTrue();
    }
    OffsetDateTime disabled = now();
    for (String id : TICKING) {
      UnitView view = unit(id);
      assertThat(view.control().enabled()).isFalse();
      assertThat(view.nextDue()).isEmpty();
    }
    Await.until(Probe.PATIENCE, () -> owed() == 0);
    assertThat(number("select count(*) from sk_schedule where next_due is not null")).isZero();
    assertThat(startedSince(disabled)).isZero();

    try (OpenCaller caller = OpenCaller.of(node, () -> TICKING.forEach(manager::enable))) {
      assertThat(unit(TICKING.get(0)).control().enabled()).isFalse();
    }
    for (String id : TICKING) {
      UnitView view = unit(id);
      assertThat(view.control().enabled()).isTrue();
      assertThat(view.nextDue()).isPresent();
    }
    allTick();
  }

  @Test
  void lastOneOfSeveralHoldsAndNoneOfARollback() throws Exception {
    String id = TICKING.get(0);
    node.inTransaction(
        () -> {
          manager.pause(id);
          manager.disable(id);
          manager.resume(id);
          manager.pause(id);
          manager.enable(id);
          assertThat(isPaused(unit(id))).isTrue();
          // Whoever changes it otherwise applies that first, and holds it
          manager.updateUnitConfig(id, config -> config.maxRetries(2));
          assertThat(isPaused(unit(id))).isTrue();
          manager.resume(id);
        });
    assertThat(isPaused(unit(id))).isFalse();
    assertThat(unit(id).control().enabled()).isTrue();
    assertThatThrownBy(
            () ->
                node.inTransaction(
                    () -> {
                      manager.stopAll();
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(manager.listUnits()).noneMatch(OpenControlIT::isPaused);
    assertThatThrownBy(() -> node.inTransaction(() -> manager.pause("nobody")))
        .isInstanceOf(UnknownUnitException.class);
    allTick();
  }

  @Test
  void whoeverComesNextAppliesIt() throws Exception {
    String id = TICKING.get(1);
    manager.stop();
    try {
      node.inTransaction(() -> manager.pause(id));
      assertThat(isPaused(unit(id))).isTrue();
      assertThat(intended(id)).isEqualTo(1);
      node.inTransaction(() -> manager.disable(id));
      manager.resume(id);
      assertThat(isPaused(unit(id))).isFalse();
      assertThat(unit(id).control().enabled()).isFalse();
      assertThat(intended(id)).isZero();
      node.inTransaction(() -> manager.enable(id));
    } finally {
      manager.start();
    }
    Await.until(Probe.PATIENCE, () -> owed() == 0);
    allTick();
  }

  /** Many that others hold take no longer than one: nobody is waited for. */
  @Test
  void heldOnesStopAndStartWithAllOthers() throws Exception {
    Node.Step change =
        () -> PARTS.forEach(id -> manager.updateUnitConfig(id, c -> c.maxRetries(3)));
    try (OpenCaller caller = OpenCaller.of(node, change)) {
      assertThat(CompletableFuture.runAsync(manager::stopAll)).succeedsWithin(BOUND);
      assertThat(manager.listUnits()).allMatch(OpenControlIT::isPaused);
      assertThat(number("select count(*) from sk_unit where paused_by is null"))
          .isEqualTo(PARTS.size());
      assertThatThrownBy(() -> manager.runWorkerById(PARTS.get(0)))
          .isInstanceOf(UnitNotRunnableException.class);
    }
    Await.until(Probe.PATIENCE, () -> owed() == 0);
    assertThat(number("select count(*) from sk_unit where paused_by is null")).isZero();
    for (String id : PARTS) {
      events.awaitCount(
          1,
          event -> event instanceof Milestone m && m.milestoneId().equals("unit:" + id + ":paused"),
          Probe.PATIENCE);
    }

    try (OpenCaller caller = OpenCaller.of(node, change)) {
      assertThat(CompletableFuture.runAsync(() -> inTransaction(manager::startAll)))
          .succeedsWithin(BOUND);
      assertThat(manager.listUnits()).noneMatch(OpenControlIT::isPaused);
      allTick();
    }
    assertThat(manager.runWorkerById(PARTS.get(0)).join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
  }

  private void inTransaction(Node.Step step) {
    try {
      node.inTransaction(step);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  /** The workers of a run that a caller cancels are not held: others may need them. */
  @Test
  void cancelledProcessHoldsNoWorker() throws Exception {
    node.inTransaction(() -> PARTS.forEach(manager::pause));
    RunHandle run = manager.runProcessById("wide");
    Await.until(
        Probe.PATIENCE,
        () ->
            number("select count(*) from sk_run where parent = ?", run.id().value())
                == PARTS.size());
    List<Node.Step> steps = List.of(() -> assertThat(run.cancel()).isTrue());
    try (OpenCaller caller = OpenCaller.of(node, steps)) {
      for (String id : List.of(PARTS.get(0), PARTS.get(PARTS.size() - 1))) {
        manager.resume(id);
        assertThat(manager.runWorkerById(id).join(Probe.PATIENCE).state())
            .isEqualTo(RunState.COMPLETED);
      }
      allTick();
      assertThat(run.state()).isEqualTo(RunState.RUNNING);
    }
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    Await.until(Probe.PATIENCE, () -> owed() == 0);
    assertThat(number("select count(*) from sk_run where ended_at is null and parent is not null"))
        .isZero();
    assertThat(number("select active_runs from sk_unit where id = 'wide'")).isZero();
  }

  private static boolean isPaused(UnitView unit) {
    return unit.control().paused();
  }

  private void allTick() {
    Map<String, Integer> before = new TreeMap<>();
    ticks.forEach((id, count) -> before.put(id, count.get()));
    Await.until(
        Probe.PATIENCE,
        () -> TICKING.stream().allMatch(id -> ticks.get(id).get() >= before.get(id) + 3));
  }

  private void awaitSkipped(String id, OffsetDateTime since) {
    Await.until(
        Probe.PATIENCE,
        () ->
            number(
                    "select count(*) from sk_run where unit = ? and state = 'skipped'"
                        + " and submitted_at > ?",
                    id,
                    since)
                > 2);
  }

  private long startedSince(OffsetDateTime at) {
    return number("select count(*) from sk_run where started_at > ?", at);
  }

  private long owed() {
    return number("select count(*) from sk_unit_delta");
  }

  private long intended(String id) {
    return number("select count(*) from sk_unit_delta where unit = ? and run = ''", id);
  }

  private OffsetDateTime now() throws SQLException {
    Object now = database.rows("select current_timestamp").get(0).get(0);
    return now instanceof Timestamp at
        ? at.toInstant().atOffset(ZoneOffset.UTC)
        : (OffsetDateTime) Objects.requireNonNull(now);
  }

  private long number(String sql, Object... values) {
    try {
      return database.number(sql, values);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
