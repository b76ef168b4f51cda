package io.synchronik.sample.ratings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ValidationReportTest {
  @Test
  void findsNothingWrongWithTheCleanDelivery() throws IOException {
    Extract extract = ExtractRatings.read("clean.csv");
    ValidationReport report = ValidationReport.of(extract.lines());

    assertThat(report.errors()).isZero();
    assertThat(report.lines()).isEqualTo(8);
    assertThat(PublishRatings.Published.of(extract.lines()))
        .isEqualTo(new PublishRatings.Published(8, 4.375));
  }

  @Test
  void namesWhatIsWrongWithTheFaultyDelivery() throws IOException {
    ValidationReport report = ValidationReport.of(ExtractRatings.read("faulty.csv").lines());

    assertThat(report.problems())
        .containsExactly(
            "line 2: a second rating by barbara",
            "line 3: '7' is not 1 to 5 stars",
            "line 4: 'film-8' is no film",
            "line 5: 2 fields, not 3");
    assertThat(report.errors()).isEqualTo(4);
  }

  @Test
  void readsDeliveriesAndNothingElse() {
    assertThatIOException().isThrownBy(() -> ExtractRatings.read("other.csv"));
    assertThatIOException().isThrownBy(() -> ExtractRatings.read("../ingestion/film-ids.txt"));
  }
}
