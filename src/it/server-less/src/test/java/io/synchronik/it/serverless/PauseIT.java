package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.event.Milestone;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.run.UnitNotRunnableException;
import io.synchronik.unit.UnitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A person's pause. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class PauseIT extends SharedNode {

  @Test
  void dueTimesInAPauseArePassedOver() {
    Probe<Instant> ran = new Probe<>();
    register(
        "paused-times",
        run -> {
          ran.accept(run.scheduledAt().orElseThrow());
          return null;
        },
        config -> config.every(Duration.ofMillis(50)));
    ran.awaitNext(at -> true);

    manager.pause("paused-times");
    Await.until(Probe.PATIENCE, () -> passedOver("paused-times").size() >= 3);
    assertThat(unit("paused-times").status()).isEqualTo(UnitStatus.PAUSED);
    assertThat(unit("paused-times").control().pausedBy()).isEqualTo("code");
    List<Instant> passedOver =
        passedOver("paused-times").stream().map(run -> run.times().scheduledAt()).toList();

    manager.resume("paused-times");
    ran.awaitNext(at -> at.isAfter(passedOver.get(0)));
    manager.disable("paused-times");
    assertThat(ran.seen()).doesNotContainAnyElementsOf(passedOver);
    assertThat(unit("paused-times").control().paused()).isFalse();
  }

  @Test
  void pauseEndsByItselfWhenATimeIsGiven() {
    register("paused-until", run -> "done");
    Instant now = manager.getRegistrySnapshot().at();
    manager.pause("paused-until", now.plus(Duration.ofHours(1)));
    assertThat(unit("paused-until").control().pausedUntil())
        .isEqualTo(now.plus(Duration.ofHours(1)));
    assertThat(unit("paused-until").status()).isEqualTo(UnitStatus.PAUSED);

    Instant until = manager.getRegistrySnapshot().at().plusMillis(300);
    manager.pause("paused-until", until);
    Milestone resumed = awaitMilestone("unit:paused-until:resumed");

    assertThat(resumed.at()).isAfterOrEqualTo(until);
    assertThat(unit("paused-until").control().paused()).isFalse();
    assertThat(unit("paused-until").status()).isEqualTo(UnitStatus.IDLE);
    assertThat(manager.runWorkerById("paused-until").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
  }

  @Test
  void runInProgressGoesOnAndItsEndKeepsThePause() {
    Held held = Held.interruptibly();
    register("paused-while", held);
    RunHandle run = manager.runWorkerById("paused-while");
    held.awaitBegun();

    manager.pause("paused-while");
    assertThat(unit("paused-while").status()).isEqualTo(UnitStatus.RUNNING);
    held.letGo();
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);

    assertThat(unit("paused-while").status()).isEqualTo(UnitStatus.PAUSED);
    assertThat(unit("paused-while").control().paused()).isTrue();
    manager.resume("paused-while");
    assertThat(unit("paused-while").status()).isEqualTo(UnitStatus.COMPLETED);
  }

  @Test
  void manualRunIsRefusedUnlessForced() throws Exception {
    register("paused-manual", run -> "done");
    manager.pause("paused-manual");

    assertThatThrownBy(() -> manager.runWorkerById("paused-manual"))
        .isInstanceOf(UnitNotRunnableException.class)
        .hasMessageContaining("SYNC-0062")
        .hasMessageContaining("'paused-manual' is paused by code");
    assertThat(database.number("select count(*) from sk_run where unit = 'paused-manual'"))
        .isZero();

    RunHandle forced = manager.runUnitById("paused-manual", RunRequest.PLAIN.forced());
    assertThat(forced.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(unit("paused-manual").status()).isEqualTo(UnitStatus.PAUSED);
  }

  @Test
  void nothingButAPersonEndsAPause() {
    register("paused-still", run -> "done");
    manager.pause("paused-still");

    manager.runWatcherScan();
    manager.runLoopOnce();

    assertThat(unit("paused-still").control().paused()).isTrue();
  }

  @Test
  void eachChangeIsAnnouncedOnce() {
    register("paused-twice", run -> "done");

    manager.resume("paused-twice");
    manager.pause("paused-twice");
    manager.pause("paused-twice");
    manager.resume("paused-twice");
    manager.resume("paused-twice");
    awaitMilestone("unit:paused-twice:resumed");
    manager.emitMilestone("paused-twice-over", null);
    awaitMilestone("paused-twice-over");

    List<SynchronikEvent> told =
        events.seen(event -> isAbout(SynchronikEvent.class, "paused-twice", event));
    assertThat(told)
        .<Object>extracting(PauseIT::gist)
        .containsExactly(
            UnitStatus.PAUSED,
            "unit:paused-twice:paused",
            UnitStatus.IDLE,
            "unit:paused-twice:resumed");
    assertThat(told)
        .filteredOn(UnitUpdated.class::isInstance)
        .allSatisfy(
            event ->
                assertThat(((UnitUpdated) event).reason()).isEqualTo(UpdateReason.STATUS_CHANGE));
  }

  private static Object gist(SynchronikEvent event) {
    if (event instanceof UnitUpdated updated) {
      return updated.status();
    }
    return event instanceof Milestone milestone ? milestone.milestoneId() : event;
  }

  private Milestone awaitMilestone(String id) {
    return (Milestone)
        events
            .awaitCount(
                1,
                event -> event instanceof Milestone milestone && milestone.milestoneId().equals(id),
                Probe.PATIENCE)
            .get(0);
  }

  private List<RunView> passedOver(String unit) {
    return manager.findRuns(RunQuery.LATEST.ofUnit(unit).in(RunState.SKIPPED)).items().stream()
        .filter(run -> "the unit is paused by code".equals(run.execution().reason()))
        .toList();
  }
}
