package io.synchronik.sample.ratings;

import io.synchronik.process.Process;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** A delivery without errors is published, any other is put aside. */
@ApplicationScoped
public class RatingsPipeline {
  // tag::process[]
  @Produces
  Process ratings() {
    return Process.named("ratings-pipeline")
        .name("Ratings Pipeline")
        .description("Publishes a delivery of ratings, or puts it aside when it has errors")
        .worker(ExtractRatings.class)
        .worker(ValidateRatings.class)
        .after(ExtractRatings.class)
        .worker(PublishRatings.class)
        .after(ValidateRatings.class, (ValidationReport r) -> r.errors() == 0)
        .worker(SummariseRatings.class)
        .after(PublishRatings.class)
        .worker(QuarantineRatings.class)
        .after(ValidateRatings.class, (ValidationReport r) -> r.errors() > 0)
        .build();
  }
  // end::process[]
}
