package io.synchronik.sample.ratings;

import io.synchronik.sample.EarlierStep;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;

/** Looks at each line. What it finds is a result like any other: the worker does not fail. */
@Worker(id = ValidateRatings.ID, name = "Validate")
public class ValidateRatings implements Work<ValidationReport> {
  static final String ID = "ratings-validate";

  @Override
  public ValidationReport run(RunContext run) {
    Extract extract = EarlierStep.result(run, ExtractRatings.ID, Extract.class);
    return ValidationReport.of(extract.lines());
  }
}
