package io.synchronik.sample.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.event.EventOrigin;
import io.synchronik.event.Milestone;
import io.synchronik.run.Payload;
import io.synchronik.run.RunId;
import io.synchronik.task.TaskReport.Failed;
import io.synchronik.unit.UnitId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IngestionReportsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final IngestionReports reports = new IngestionReports();

  @Test
  void keepsWhatAMilestoneTells() {
    reports.onIngestion(told("e1", 2, 3));

    assertThat(reports.latest())
        .containsExactly(
            new IngestionReport(
                "e1",
                NOON,
                "n1",
                "run-e1",
                3,
                2,
                100.0 * 2 / 3,
                List.of(new Failed("tt9999999", "not found (404)", 3)),
                List.of()));
  }

  @Test
  void countsNothingAsSuccess() {
    reports.onIngestion(told("e1", 0, 0));

    assertThat(reports.latest().get(0).successPercentage()).isEqualTo(100.0);
  }

  @Test
  void passesOverAnEventThatComesTwice() {
    reports.onIngestion(told("e1", 3, 3));
    reports.onIngestion(told("e1", 3, 3));

    assertThat(reports.latest()).hasSize(1);
  }

  @Test
  void keepsTheLatestTenNewestFirst() {
    IntStream.rangeClosed(1, 12).forEach(i -> reports.onIngestion(told("e" + i, 1, 1)));

    assertThat(reports.latest())
        .extracting(IngestionReport::event)
        .containsExactly("e12", "e11", "e10", "e9", "e8", "e7", "e6", "e5", "e4", "e3");
  }

  private static Milestone told(String event, int successful, int total) {
    var origin =
        new EventOrigin(
            event, NOON, "n1", new UnitId("data-ingestion-worker"), new RunId("run-" + event));
    var stored =
        Stream.generate(() -> new IngestionReport.Stored("tt0133093")).limit(successful).toList();
    var failed =
        Stream.generate(() -> new Failed("tt9999999", "not found (404)", 3))
            .limit(total - successful)
            .toList();
    return new Milestone(
        origin,
        IngestionReports.MILESTONE,
        new Given(new IngestionReport.Tasks(total, stored, failed, List.of())));
  }

  private record Given(Object value) implements Payload {
    @Override
    public String json() {
      return "{}";
    }

    @Override
    public <T> T as(Class<T> type) {
      return type.cast(value);
    }
  }
}
