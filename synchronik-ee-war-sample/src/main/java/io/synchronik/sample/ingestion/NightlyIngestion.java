package io.synchronik.sample.ingestion;

import io.synchronik.SynchronikManager;
import io.synchronik.event.UnitCompleted;
import io.synchronik.process.Process;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Map;

/** Runs the ingestion every night as well, and whatever else will have to be fetched then. */
@ApplicationScoped
public class NightlyIngestion {
  private static final System.Logger LOG = System.getLogger("sample");

  @Inject SynchronikManager synchronik;

  // tag::process[]
  @Produces
  Process nightly() {
    return Process.named("data-ingestion-process")
        .name("Nightly Data Ingestion")
        .description("Fetches all primary data from external APIs")
        .parallel()
        .worker(DataIngestionWorker.class)
        .cron("0 30 1 * * ?")
        .onComplete(this::completed)
        .build();
  }

  // end::process[]

  private void completed(UnitCompleted event) {
    LOG.log(Level.INFO, "The entire data ingestion process has completed successfully");
    synchronik.emitMilestone(
        "nightly-ingestion-complete", Map.of("durationMs", event.duration().toMillis()));
  }
}
