package io.synchronik.it.servers.app.orders;

import io.synchronik.it.servers.app.Notes;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;

@Worker(id = "bill")
public class Bill implements Action {
  @Inject Notes notes;

  @Override
  public void run(RunContext run) {
    notes.add("billed " + run.payload(String.class) + " " + System.nanoTime());
  }
}
