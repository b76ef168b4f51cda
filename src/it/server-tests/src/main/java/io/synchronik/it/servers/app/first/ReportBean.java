package io.synchronik.it.servers.app.first;

import io.synchronik.it.servers.app.Notes;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** A session bean whose local interface is the worker's. */
@Stateless
@Local(Work.class)
@Worker(id = "local-work")
public class ReportBean implements Work<String> {
  @Inject Notes notes;

  @Override
  public String run(RunContext run) {
    notes.add("reported");
    return "reported";
  }
}
