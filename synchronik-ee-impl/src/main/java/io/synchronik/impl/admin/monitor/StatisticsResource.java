package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.monitor.StatisticsQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happened to runs, by time. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/statistics")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Overview")
public class StatisticsResource extends AdminResource {

  /** Counts runs. */
  @GET
  @Operation(
      summary = "Counts what happened to runs, by time",
      description =
          "Kept by five minutes for 8 days and by hours for 400; an event counts some seconds after"
              + " its commit")
  public StatisticsJson show(
      @Parameter(description = "ISO-8601, or so long ago: -24h, which is the default")
          @QueryParam("from")
          String from,
      @Parameter(description = "ISO-8601, or so long ago; default now") @QueryParam("to") String to,
      @Parameter(description = "a multiple of 5m, up to 31d; default 15m") @QueryParam("bucket")
          String bucket) {
    Instant now = manager.monitoring().now();
    Instant begin = Parameters.time("from", from, now, now.minus(Duration.ofDays(1)));
    Instant end = Parameters.time("to", to, now, now);
    Duration length = Parameters.duration("bucket", bucket, Duration.ofMinutes(15));
    return StatisticsJson.of(
        begin, end, manager.monitoring().statistics(query(begin, end, length)));
  }

  private static StatisticsQuery query(Instant from, Instant to, Duration length) {
    try {
      return new StatisticsQuery(from, to, length);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  static ProblemException wrong(IllegalArgumentException e) {
    String text = String.valueOf(e.getMessage());
    String field = text.startsWith("to ") ? "to" : "bucket";
    return ProblemException.badRequest(
        field, text.startsWith("interval ") ? text.substring("interval ".length()) : text);
  }
}
