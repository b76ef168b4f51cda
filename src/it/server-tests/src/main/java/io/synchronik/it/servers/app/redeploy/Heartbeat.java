package io.synchronik.it.servers.app.redeploy;

import io.synchronik.it.servers.app.Notes;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;

@Worker(id = "heartbeat", every = "100ms")
public class Heartbeat implements Action {
  @Inject Notes notes;

  @Override
  public void run(RunContext run) {
    notes.add("beat");
  }
}
