package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.FailureKindListJson;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.monitor.FailureQuery;
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

/** What has failed, by kinds. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/failures")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Overview")
public class FailuresResource extends AdminResource {

  /** Lists kinds of failures. */
  @GET
  @Operation(
      summary = "Lists the kinds of failures of runs that failed in a span of time",
      description =
          "Those that happened last first. A kind is of failures whose types and messages are the"
              + " same but for numbers, quoted parts and ids")
  public FailureKindListJson list(
      @Parameter(description = "ISO-8601, or so long ago: -24h, which is the default")
          @QueryParam("from")
          String from,
      @Parameter(description = "ISO-8601, or so long ago; default now") @QueryParam("to") String to,
      @Parameter(description = "only runs of this unit") @QueryParam("unit") String unit,
      @Parameter(description = "1 to 1,000; default 50") @QueryParam("limit") String limit) {
    Instant now = manager.monitoring().now();
    Instant begin = Parameters.time("from", from, now, now.minus(Duration.ofDays(1)));
    Instant end = Parameters.time("to", to, now, now.plusMillis(1));
    if (!end.isAfter(begin)) {
      throw ProblemException.badRequest("to", "must be after from");
    }
    FailureQuery query =
        new FailureQuery(
            begin, end, Parameters.unit(unit), Parameters.number("limit", limit, 50, 1, 1000));
    return FailureKindListJson.of(manager.monitoring().failures(query), caller.sight(false));
  }
}
