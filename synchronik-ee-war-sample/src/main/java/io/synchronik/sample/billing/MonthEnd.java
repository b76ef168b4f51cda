package io.synchronik.sample.billing;

import io.synchronik.SynchronikManager;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * Lets a month pass, which takes an hour here: charges the customers and asks for the billing, in
 * one commit.
 */
@Transactional
@Worker(
    id = "month-end",
    name = "Month End",
    description = "Charges the customers for another month, then asks for billing and a campaign",
    every = "1h",
    initialDelay = "5s")
public class MonthEnd implements Action {
  @Inject Ledger ledger;
  @Inject SynchronikManager synchronik;

  @Override
  public void run(RunContext run) {
    ledger.charge();
    synchronik.runProcessById("billing");
    synchronik.runWorkerById("email-campaign");
  }
}
