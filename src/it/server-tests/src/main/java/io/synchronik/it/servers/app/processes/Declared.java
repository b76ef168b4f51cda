package io.synchronik.it.servers.app.processes;

import io.synchronik.event.RunHooks;
import io.synchronik.event.UnitCompleted;
import io.synchronik.it.servers.app.Notes;
import io.synchronik.it.servers.app.Surroundings;
import io.synchronik.process.WorkerProcess;
import io.synchronik.process.WorkerProcess.Step;
import jakarta.inject.Inject;

/** A process by annotation, with a hook. */
@WorkerProcess(
    id = "declared",
    steps = {@Step(worker = Count.class), @Step(id = "note", after = Count.class)})
public class Declared implements RunHooks {
  @Inject Notes notes;

  @Override
  public void onComplete(UnitCompleted event) {
    notes.add("complete " + event.unit() + " " + Surroundings.describe());
  }
}
