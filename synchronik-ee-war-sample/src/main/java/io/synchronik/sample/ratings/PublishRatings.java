package io.synchronik.sample.ratings;

import io.synchronik.sample.EarlierStep;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Takes a delivery in, in one commit with the end of this run. */
@Transactional
@Worker(id = PublishRatings.ID, name = "Publish")
public class PublishRatings implements Work<PublishRatings.Published> {
  static final String ID = "ratings-publish";

  @Inject Deliveries deliveries;

  /**
   * The result of a run.
   *
   * @param ratings how many were published
   * @param averageStars of all of them
   */
  public record Published(int ratings, double averageStars) {
    static Published of(List<String> lines) {
      return new Published(
          lines.size(),
          lines.stream()
              .mapToInt(line -> Integer.parseInt(line.substring(line.lastIndexOf(';') + 1)))
              .average()
              .orElse(0));
    }
  }

  @Override
  public Published run(RunContext run) {
    Extract extract = EarlierStep.result(run, ExtractRatings.ID, Extract.class);
    deliveries.store(run, extract, Delivery.Outcome.PUBLISHED, List.of());
    return Published.of(extract.lines());
  }
}
