package io.synchronik.it.servers.app.second;

import io.synchronik.it.servers.app.Surroundings;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;

/** A bean by its annotation alone, with the id of another application's. */
@Worker(id = "only-annotated")
public class OnlyAnnotated implements Work<String> {
  @Override
  public String run(RunContext run) {
    return Surroundings.describe();
  }
}
