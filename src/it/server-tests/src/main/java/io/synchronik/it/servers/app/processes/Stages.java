package io.synchronik.it.servers.app.processes;

import io.synchronik.it.servers.app.Notes;
import io.synchronik.it.servers.app.Surroundings;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Workers of the declared processes. */
@ApplicationScoped
public class Stages {
  @Inject Notes notes;

  @Worker(id = "many")
  String many(RunContext run) {
    return "many: " + run.result("count", Integer.class) + " in " + Surroundings.describe();
  }

  @Worker(id = "few")
  String few(RunContext run) {
    return "few: " + run.result("count", Integer.class) + " in " + Surroundings.describe();
  }

  @Worker(id = "note")
  void note(RunContext run) {
    notes.add("noted in " + run.process().orElseThrow());
  }
}
