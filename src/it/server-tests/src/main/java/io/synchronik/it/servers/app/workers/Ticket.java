package io.synchronik.it.servers.app.workers;

import io.synchronik.it.servers.app.Notes;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Lives for one attempt. */
@Dependent
public class Ticket {
  @Inject Notes notes;

  public String number() {
    return " No. 7";
  }

  @PreDestroy
  void destroyed() {
    notes.add("ticket destroyed");
  }
}
