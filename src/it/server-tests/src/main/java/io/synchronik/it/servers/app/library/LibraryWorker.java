package io.synchronik.it.servers.app.library;

import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;

/** In a jar without beans.xml: the annotation alone makes it a bean. */
@Worker(id = "in-library")
public class LibraryWorker implements Work<String> {
  @Override
  public String run(RunContext run) {
    return "done in a library";
  }
}
