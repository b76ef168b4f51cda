package io.synchronik.sample.ingestion;

import io.synchronik.event.Milestone;
import io.synchronik.run.RunId;
import io.synchronik.task.TaskReport;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one run of the ingestion brought, without the films themselves.
 *
 * @param event id of the event that told it
 * @param at when
 * @param node which node ran it
 * @param run which run, null when the milestone was not announced by one
 * @param total films asked for
 * @param successful films stored
 * @param successPercentage 100 × successful / total
 * @param failed films that could not be had, with the last error and the number of attempts
 * @param notTried films left out because the run was cancelled
 */
public record IngestionReport(
    String event,
    Instant at,
    String node,
    @Nullable String run,
    int total,
    int successful,
    double successPercentage,
    List<TaskReport.Failed> failed,
    List<String> notTried) {

  /**
   * The milestone's payload. It was written from a {@link TaskReport}; being JSON, it can be read
   * into any type with the same names, here one without the films.
   */
  public record Tasks(
      int total, List<Stored> successful, List<TaskReport.Failed> failed, List<String> notTried) {}

  /** A film that was stored. */
  public record Stored(String id) {}

  static IngestionReport of(Milestone milestone) {
    Tasks tasks = Objects.requireNonNull(milestone.payload(Tasks.class));
    int successful = tasks.successful().size();
    return new IngestionReport(
        milestone.eventId(),
        milestone.at(),
        milestone.node(),
        milestone.run().map(RunId::value).orElse(null),
        tasks.total(),
        successful,
        tasks.total() == 0 ? 100.0 : 100.0 * successful / tasks.total(),
        tasks.failed(),
        tasks.notTried());
  }
}
