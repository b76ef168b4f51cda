package io.synchronik.sample.ingestion;

import io.synchronik.event.Milestone;
import io.synchronik.event.MilestoneId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the latest reports in memory: those that this node announced since it started. */
@ApplicationScoped
class IngestionReports {
  static final String MILESTONE = "ingestion-complete";
  private static final int KEPT = 10;

  private final Deque<IngestionReport> latest = new ArrayDeque<>();

  // tag::observer[]
  /** An event may come twice, with the same id: the second one is passed over. */
  synchronized void onIngestion(@Observes @MilestoneId(MILESTONE) Milestone milestone) {
    if (latest.stream().anyMatch(report -> report.event().equals(milestone.eventId()))) {
      return;
    }
    latest.addFirst(IngestionReport.of(milestone));
    if (latest.size() > KEPT) {
      latest.removeLast();
    }
  }

  // end::observer[]

  /** Returns them, newest first. */
  synchronized List<IngestionReport> latest() {
    return List.copyOf(latest);
  }
}
