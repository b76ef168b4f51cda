package io.synchronik.it.servers.app.workers;

import io.synchronik.it.servers.app.Notes;
import io.synchronik.it.servers.app.Surroundings;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;

@Worker(id = "interval", every = "200ms")
public class IntervalWorker implements Action {
  @Inject Notes notes;

  @Override
  public void run(RunContext run) {
    notes.add(
        "interval "
            + run.scheduledAt().orElseThrow().toEpochMilli()
            + " "
            + Surroundings.describe());
  }
}
