package io.synchronik.it.servers.app.start;

import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;

@Worker(id = "asked")
public class Asked implements Action {
  @Override
  public void run(RunContext run) {
    Sequence.add("asked");
  }
}
