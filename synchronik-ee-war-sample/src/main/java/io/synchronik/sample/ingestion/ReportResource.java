package io.synchronik.sample.ingestion;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Shows the latest reports of the ingestion. */
@Path("reports")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ReportResource {
  @Inject IngestionReports reports;

  /** Lists them, newest first. */
  @GET
  public List<IngestionReport> list() {
    return reports.latest();
  }
}
