package io.synchronik.it.servers.app.first;

import io.synchronik.it.servers.app.Notes;
import io.synchronik.worker.Worker;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** A session bean that has only its local interface. */
@Stateless
public class BillingBean implements Billing {
  @Inject Notes notes;

  @Override
  @Worker(id = "local-method")
  public String bill() {
    notes.add("billed");
    return "billed";
  }
}
