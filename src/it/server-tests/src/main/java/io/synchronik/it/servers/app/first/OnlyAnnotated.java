package io.synchronik.it.servers.app.first;

import io.synchronik.it.servers.app.Notes;
import io.synchronik.it.servers.app.Surroundings;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/** A bean by its annotation alone. */
@Worker(id = "only-annotated")
public class OnlyAnnotated implements Work<String> {
  @Inject Notes notes;

  @Resource DataSource datasource;

  @Override
  public String run(RunContext run) {
    notes.add("only annotated");
    return Surroundings.describe() + (datasource == null ? " no-datasource" : "");
  }
}
