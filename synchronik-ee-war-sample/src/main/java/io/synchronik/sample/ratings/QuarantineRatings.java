package io.synchronik.sample.ratings;

import io.synchronik.sample.EarlierStep;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Puts a delivery aside with what is wrong with it, in one commit with the end of this run. */
@Transactional
@Worker(id = "ratings-quarantine", name = "Quarantine")
public class QuarantineRatings implements Action {
  @Inject Deliveries deliveries;

  @Override
  public void run(RunContext run) {
    Extract extract = EarlierStep.result(run, ExtractRatings.ID, Extract.class);
    ValidationReport report = EarlierStep.result(run, ValidateRatings.ID, ValidationReport.class);
    deliveries.store(run, extract, Delivery.Outcome.QUARANTINED, report.problems());
    run.milestone("ratings-quarantined", report);
  }
}
