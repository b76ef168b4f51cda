package io.synchronik.impl.admin.run;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The attempts of a run. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class RunAttemptsResource extends AdminResource {

  /** Lists attempts. */
  @GET
  @Path("{id}/attempts")
  @Operation(
      summary = "Lists the attempts of a run in their order",
      description = "With the one that goes on; none of a run of a process")
  public AttemptListJson list(
      @PathParam("id") String id,
      @Parameter(description = "'next' of the page before; default all") @QueryParam("after")
          String after,
      @Parameter(description = "1 to 1,000; default 100") @QueryParam("limit") String limit) {
    long from = Parameters.position("after", after, 0);
    int most = Parameters.number("limit", limit, 100, 1, 1000);
    Sight sight = caller.sight(false);
    return found(
        id,
        manager::findRun,
        run -> AttemptListJson.of(manager.monitoring().attempts(id, from, most), most, sight));
  }

  /** Lists what an attempt has said. */
  @GET
  @Path("{id}/attempts/{claim}/output")
  @Operation(
      summary = "Lists the lines that an attempt has said and logged",
      description =
          "As far as the worker's setting 'log' keeps them; those that are missing in the numbers"
              + " were left out")
  public OutputListJson output(
      @PathParam("id") String id,
      @PathParam("claim") String claim,
      @Parameter(description = "'next' of the page before; default all") @QueryParam("after")
          String after,
      @Parameter(description = "1 to 1,000; default 1,000") @QueryParam("limit") String limit) {
    long of = Parameters.position("claim", claim, 0);
    long from = Parameters.position("after", after, 0);
    int most = Parameters.number("limit", limit, 1000, 1, 1000);
    Sight sight = caller.sight(false);
    return found(
        id,
        manager::findRun,
        run -> OutputListJson.of(manager.monitoring().output(id, of, from, most), most, sight));
  }
}
