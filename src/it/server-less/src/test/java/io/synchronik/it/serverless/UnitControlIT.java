package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunRequest;
import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.UnitNotRunnableException;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.run.WrongStateException;
import io.synchronik.unit.UnitStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Enabling, disabling, and setting the status by hand. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class UnitControlIT extends SharedNode {

  @Test
  void disabledUnitIsNotDue() {
    Probe<String> ran = new Probe<>();
    register(
        "often",
        run -> {
          ran.accept(run.run().value());
          return null;
        },
        config -> config.every(Duration.ofMillis(50)));
    ran.awaitNext(run -> true);

    manager.disable("often");
    assertThat(unit("often").control().enabled()).isFalse();
    assertThat(unit("often").nextDue()).isEmpty();
    assertThat(unit("often").timing().upcoming()).isEmpty();
    manager.runLoopOnce();
    assertThat(unit("often").nextDue()).isEmpty();

    manager.enable("often");
    assertThat(unit("often").nextDue()).isPresent();
    int before = ran.seen().size();
    ran.awaitCount(before + 2, run -> true, Probe.PATIENCE);
    manager.disable("often");
  }

  @Test
  void manualRunOfADisabledUnitIsRefusedUnlessForced() throws Exception {
    register("disabled", run -> "done");
    manager.disable("disabled");

    assertThatThrownBy(() -> manager.runWorkerById("disabled"))
        .isInstanceOf(UnitNotRunnableException.class)
        .hasMessageContaining("'disabled' is disabled");
    assertThat(database.number("select count(*) from sk_run where unit = 'disabled'")).isZero();

    RunHandle forced = manager.runUnitById("disabled", RunRequest.PLAIN.forced());
    assertThat(forced.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    manager.enable("disabled");
    assertThat(manager.runWorkerById("disabled").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
  }

  @Test
  void eachSwitchIsAnnouncedOnce() {
    register("switched", run -> "done");

    manager.enable("switched");
    manager.disable("switched");
    manager.disable("switched");
    manager.enable("switched");
    List<UnitUpdated> updates = updates("switched", 2);

    assertThat(updates)
        .extracting(UnitUpdated::reason)
        .containsExactly(UpdateReason.CONFIG_CHANGE, UpdateReason.CONFIG_CHANGE);
    assertThat(updates).extracting(UnitUpdated::status).containsOnly(UnitStatus.IDLE);
  }

  @Test
  void statusIsSetByHand() {
    register(
        "broken",
        run -> {
          throw new IllegalStateException("no");
        });
    manager.runWorkerById("broken").join(Probe.PATIENCE);
    assertThat(unit("broken").status()).isEqualTo(UnitStatus.ERROR);

    manager.updateStatus("broken", UnitStatus.IDLE);

    assertThat(unit("broken").status()).isEqualTo(UnitStatus.IDLE);
    List<UnitUpdated> updates = updates("broken", 3);
    assertThat(updates)
        .extracting(UnitUpdated::status)
        .containsExactly(UnitStatus.RUNNING, UnitStatus.ERROR, UnitStatus.IDLE);
    assertThat(updates).extracting(UnitUpdated::reason).containsOnly(UpdateReason.STATUS_CHANGE);
  }

  @Test
  void pausedIsAPauseAndOtherStatusesEndIt() {
    register("by-status", run -> "done");

    manager.updateStatus("by-status", UnitStatus.PAUSED);
    assertThat(unit("by-status").control().pausedBy()).isEqualTo("code");
    assertThat(unit("by-status").status()).isEqualTo(UnitStatus.PAUSED);

    manager.updateStatus("by-status", UnitStatus.COMPLETED);
    assertThat(unit("by-status").control().paused()).isFalse();
    assertThat(unit("by-status").status()).isEqualTo(UnitStatus.COMPLETED);
  }

  @Test
  void runningIsNotSetByHand() {
    Held held = Held.interruptibly();
    register("running", held);
    RunHandle run = manager.runWorkerById("running");
    held.awaitBegun();

    assertThatThrownBy(() -> manager.updateStatus("running", UnitStatus.IDLE))
        .isInstanceOf(WrongStateException.class)
        .hasMessageContaining("SYNC-0066")
        .hasMessageContaining("while a run is in progress");
    assertThat(unit("running").status()).isEqualTo(UnitStatus.RUNNING);
    held.letGo();
    run.join(Probe.PATIENCE);
    assertThatThrownBy(() -> manager.updateStatus("running", UnitStatus.RUNNING))
        .isInstanceOf(WrongStateException.class);
    assertThat(unit("running").status()).isEqualTo(UnitStatus.COMPLETED);
  }

  @Test
  void unknownUnitsAreAnError() {
    for (Runnable call :
        List.<Runnable>of(
            () -> manager.pause("nobody"),
            () -> manager.resume("nobody"),
            () -> manager.enable("nobody"),
            () -> manager.disable("nobody"),
            () -> manager.updateStatus("nobody", UnitStatus.IDLE),
            () -> manager.updateUnitConfig("nobody", config -> config.maxRuns(1)),
            () -> manager.stopWorkerById("nobody"),
            () -> manager.releaseUnit("nobody"),
            () -> manager.runWorkerById("nobody"))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(UnknownUnitException.class)
          .hasMessageContaining("SYNC-0060")
          .hasMessageContaining("'nobody'");
    }
    assertThat(manager.getUnitById("nobody")).isEmpty();
  }

  private List<UnitUpdated> updates(String unit, int count) {
    events.awaitCount(count, event -> isAbout(UnitUpdated.class, unit, event), Probe.PATIENCE);
    return events.seen(event -> isAbout(UnitUpdated.class, unit, event)).stream()
        .map(UnitUpdated.class::cast)
        .toList();
  }
}
