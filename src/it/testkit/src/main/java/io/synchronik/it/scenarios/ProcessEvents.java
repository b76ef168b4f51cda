package io.synchronik.it.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.SynchronikManager;
import io.synchronik.event.EventType;
import io.synchronik.event.Milestone;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitStarted;
import io.synchronik.event.UnitUpdated;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Process;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import java.util.List;
import java.util.Map;

/** What is announced of runs of processes. */
public final class ProcessEvents extends Scenario {
  /** Prepares a scenario. */
  public ProcessEvents(SynchronikManager manager) {
    super(manager);
  }

  private static String text(SynchronikEvent event) {
    if (event instanceof Milestone milestone) {
      return milestone.milestoneId() + " " + milestone.payload(Map.class);
    }
    if (event instanceof UnitUpdated updated) {
      return "updated " + updated.reason() + " " + updated.status();
    }
    return event.type().name().toLowerCase(java.util.Locale.ROOT);
  }

  public void eachEventComesOnceAndInOrder() throws Exception {
    register("e-one", steps.step());
    register("e-two", steps.step());
    manager.registerUnit(Process.named("told").workers("e-one", "e-two").build());

    RunHandle run = manager.runProcessById("told");
    run.join(Probe.PATIENCE);

    assertThat(allEventsOf(run))
        .extracting(ProcessEvents::text)
        .startsWith(
            "updated STATUS_CHANGE RUNNING",
            "start",
            "unit:told:running {runMode=sequential}",
            "updated PROGRESS RUNNING",
            "updated STATUS_CHANGE COMPLETED",
            "complete");
    events.awaitCount(
        1, event -> text(event).equals("unit:told:completed {runMode=sequential}"), Probe.PATIENCE);
    assertThat(eventsOf(run.id())).hasSize(7);
    for (String worker : List.of("e-one", "e-two")) {
      assertThat(events.seen(event -> isStartOrEnd(event, worker))).hasSize(2);
    }
  }

  public void failedProcessIsAnError() throws Exception {
    register("e-bad", steps.failing());
    manager.registerUnit(Process.named("failing").workers("e-bad").build());

    RunHandle run = manager.runProcessById("failing");
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);

    assertThat(allEventsOf(run))
        .extracting(SynchronikEvent::type)
        .containsExactly(
            EventType.UPDATED,
            EventType.START,
            EventType.MILESTONE,
            EventType.UPDATED,
            EventType.ERROR);
  }

  public void hooksAreToldOfTheProcessAlone() {
    Probe<SynchronikEvent> told = new Probe<>();
    register("h-good", steps.step());
    register("h-bad", steps.failing());
    manager.registerUnit(
        Process.named("hooked")
            .parallel()
            .workers("h-good")
            .onStart(told::accept)
            .onComplete(told::accept)
            .onError(told::accept)
            .build());
    manager.registerUnit(
        Process.named("hooked-too").workers("h-bad").onError(told::accept).build());

    manager.runProcessById("hooked").join(Probe.PATIENCE);
    manager.runProcessById("hooked-too").join(Probe.PATIENCE);

    told.awaitNext(UnitStarted.class, event -> event.unit().value().equals("hooked"));
    told.awaitNext(UnitCompleted.class, event -> event.unit().value().equals("hooked"));
    told.awaitNext(UnitFailed.class, event -> event.unit().value().equals("hooked-too"));
    assertThat(told.seen()).hasSize(3);
  }

  private static boolean isStartOrEnd(SynchronikEvent event, String worker) {
    return (event instanceof UnitStarted || event instanceof UnitCompleted)
        && event.origin().unit() != null
        && event.origin().unit().value().equals(worker);
  }
}
