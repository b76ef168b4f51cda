package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.monitor.DueQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What became of the due times of a unit. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/units")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Why")
public class UnitDuesResource extends AdminResource {

  /** Of a unit. */
  @GET
  @Path("{id}/dues")
  @Operation(
      summary = "Tells what became of each due time of a unit, and which are to come",
      description =
          "By its runs, its misfires and what its schedule was, as far as these are kept. The past"
              + " times of an interval are those of which something is kept")
  public DueTimesJson list(
      @PathParam("id") String id,
      @Parameter(description = "ISO-8601, or so long ago: -24h, which is the default")
          @QueryParam("from")
          String from,
      @Parameter(description = "ISO-8601, or so long ago; default a day from now") @QueryParam("to")
          String to,
      @Parameter(description = "1 to 500, which is the default") @QueryParam("limit")
          String limit) {
    Instant now = manager.monitoring().now();
    Instant begin = Parameters.time("from", from, now, now.minus(Duration.ofDays(1)));
    Instant end = Parameters.time("to", to, now, now.plus(Duration.ofDays(1)));
    if (!end.isAfter(begin)) {
      throw ProblemException.badRequest("to", "must be after from");
    }
    int most = Parameters.number("limit", limit, DueQuery.MOST, 1, DueQuery.MOST);
    return DueTimesJson.of(manager.monitoring().dues(new DueQuery(id, begin, end, most)));
  }
}
