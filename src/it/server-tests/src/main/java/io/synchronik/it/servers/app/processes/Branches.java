package io.synchronik.it.servers.app.processes;

import io.synchronik.process.Process;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/** Produces a process with conditions. */
@Dependent
public class Branches {
  @Produces
  Process branches() {
    return Process.named("branches")
        .worker(Count.class)
        .worker("many")
        .after(Count.class, (Integer count) -> count > 5)
        .worker("few")
        .after(Count.class, (Integer count) -> count <= 5)
        .build();
  }
}
