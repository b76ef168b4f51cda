package io.synchronik.it.servers.app.processes;

import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;

@Worker(id = "count")
public class Count implements Work<Integer> {
  @Override
  public Integer run(RunContext run) {
    Integer asked = run.payload(Integer.class);
    return asked == null ? 1 : asked;
  }
}
