package io.synchronik.it.servers.app.start;

import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;

@Worker(id = "at-once", every = "20ms")
public class AtOnce implements Action {
  @Override
  public void run(RunContext run) {
    Sequence.add("worked");
  }
}
