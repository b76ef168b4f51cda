package io.synchronik.sample.ratings;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.run.RunId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Extract EXTRACT = new Extract("faulty.csv", List.of("a", "b"));

  private static Delivery.View stored(Delivery.Outcome outcome, List<String> problems) {
    return new Delivery(new RunId("run-1"), EXTRACT, outcome, problems, NOON).view();
  }

  @Test
  void tellsWhatIsWrong() {
    List<String> problems = List.of("line 1: 1 fields, not 3", "line 2: 1 fields, not 3");

    assertThat(stored(Delivery.Outcome.QUARANTINED, problems))
        .isEqualTo(
            new Delivery.View(
                "run-1", "faulty.csv", Delivery.Outcome.QUARANTINED, 2, problems, NOON));
  }

  @Test
  void hasNoProblemsWhenPublished() {
    assertThat(stored(Delivery.Outcome.PUBLISHED, List.of()).problems()).isEmpty();
  }

  @Test
  void keepsNoMoreProblemsThanTheColumnHolds() {
    assertThat(
            String.join(
                "\n",
                stored(Delivery.Outcome.QUARANTINED, Collections.nCopies(500, "wrong")).problems()))
        .hasSizeLessThanOrEqualTo(2000);
  }
}
