package io.synchronik.sample.ingestion;

import io.synchronik.event.UnitFailed;
import io.synchronik.sample.catalogue.Film;
import io.synchronik.task.SubTasks;
import io.synchronik.task.TaskReport;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Fetches every film of the list and stores it. A film that cannot be had is tried again and then
 * reported, and the run goes on; only when the catalogue itself is away the run fails as a whole.
 */
// tag::worker[]
@Worker(
    id = "data-ingestion-worker",
    name = "Data Ingestion Worker",
    description = "Fetches films from the catalogue and stores them",
    every = "${sample.ingestion.every:5m}",
    initialDelay = "5s",
    maxRetries = 1,
    retryDelay = "10s",
    timeout = "2m")
public class DataIngestionWorker implements Work<DataIngestionWorker.Summary> {
  private static final System.Logger LOG = System.getLogger("sample");

  @Inject CatalogueClient catalogue;
  @Inject FilmStore films;

  /**
   * The result of a run.
   *
   * @param total films asked for
   * @param stored films stored
   * @param successPercentage 100 × stored / total
   */
  public record Summary(int total, int stored, double successPercentage) {}

  @Override
  public Summary run(RunContext run) throws IOException, InterruptedException {
    catalogue.requireAvailable();
    TaskReport<Film> report =
        SubTasks.of(FilmIds.read())
            .maxRetries(2)
            .retryDelay(attempt -> Duration.ofMillis(50L << attempt))
            .concurrency(4)
            .onProgress(run::progress)
            .run(id -> films.store(catalogue.fetch(id), run.run()));
    run.milestone(IngestionReports.MILESTONE, report);
    LOG.log(Level.INFO, "Films stored: {0} %", report.successPercentage());
    return new Summary(report.total(), report.successful().size(), report.successPercentage());
  }

  // end::worker[]

  @Override
  public void onError(UnitFailed event) {
    LOG.log(Level.ERROR, "The ingestion failed for good: {0}", event.failure());
  }
}
