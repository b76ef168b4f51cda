package io.synchronik.it.servers.app.access;

import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;

@Worker(id = "idle")
public class Idle implements Work<String> {
  @Override
  public String run(RunContext run) {
    return "secret result";
  }
}
