package io.synchronik.sample.ratings;

import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;

/** Tells what was published. */
@Worker(id = "ratings-summarise", name = "Summarise")
public class SummariseRatings implements Action {
  @Override
  public void run(RunContext run) {
    run.milestone(
        "ratings-published", run.result(PublishRatings.ID, PublishRatings.Published.class));
  }
}
