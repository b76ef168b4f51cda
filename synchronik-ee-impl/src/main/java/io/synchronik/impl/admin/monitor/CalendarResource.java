package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.monitor.CalendarQuery;
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
import org.jspecify.annotations.Nullable;

/** Starts of runs by time, past and coming. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/calendar")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Overview")
public class CalendarResource extends AdminResource {

  /** Counts starts. */
  @GET
  @Operation(
      summary = "Counts starts of runs by time, past and coming",
      description =
          "Past ones as statistics do, those of one unit by the runs that are kept; coming ones by"
              + " the schedules as they stand, up to 100,000 computed times. Starts that count from"
              + " the end of the run before are told as if runs took no time")
  public CalendarJson show(
      @Parameter(description = "ISO-8601, or so long ago; default -7d") @QueryParam("from")
          String from,
      @Parameter(description = "ISO-8601, or so long ago; default in 7 days") @QueryParam("to")
          String to,
      @Parameter(description = "a multiple of 5m, up to 31d; default 1h") @QueryParam("bucket")
          String bucket,
      @Parameter(description = "only starts of this unit") @QueryParam("unit") String unit) {
    Instant now = manager.monitoring().now();
    Instant begin = Parameters.time("from", from, now, now.minus(Duration.ofDays(7)));
    Instant end = Parameters.time("to", to, now, now.plus(Duration.ofDays(7)));
    Duration length = Parameters.duration("bucket", bucket, Duration.ofHours(1));
    CalendarQuery query = query(begin, end, length, Parameters.unit(unit));
    return CalendarJson.of(begin, end, manager.monitoring().calendar(query));
  }

  private static CalendarQuery query(
      Instant from, Instant to, Duration length, @Nullable String unit) {
    try {
      return new CalendarQuery(from, to, length, unit);
    } catch (IllegalArgumentException e) {
      throw StatisticsResource.wrong(e);
    }
  }
}
