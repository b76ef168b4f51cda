package io.synchronik.impl.admin.run;

import io.synchronik.RunQuery;
import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.RequestJson;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Runs of all units. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class RunsResource extends RunResource {
  /** Lists runs. */
  @GET
  @Operation(summary = "Lists runs, newest first")
  public RunListJson list(
      @QueryParam("unit") String unit,
      @Parameter(description = "one or more, with commas") @QueryParam("state") List<String> state,
      @Parameter(
              description =
                  "only failed runs with a failure of this group, as /failures tells it; 'other'"
                      + " for those that have none")
          @QueryParam("group")
          String group,
      @Parameter(description = "'next' of the page before") @QueryParam("cursor") String cursor,
      @Parameter(description = "1 to 1,000; default 50") @QueryParam("limit") String limit) {
    RunQuery query = query(Parameters.unit(unit), state, cursor, limit);
    String kind = Parameters.group(group);
    return page(kind == null ? query : query.ofGroup(kind));
  }

  public static RunQuery query(
      @Nullable String unit, List<String> state, @Nullable String cursor, @Nullable String limit) {
    return new RunQuery(
        unit,
        Parameters.constants(RunState.class, "state", state),
        null,
        cursor == null || cursor.isBlank() ? null : Parameters.plainText("cursor", cursor, 100),
        Parameters.number("limit", limit, 50, 1, 1000));
  }

  /** Shows a run. */
  @GET
  @Path("{id}")
  @Operation(summary = "Shows a run")
  public RunJson show(@PathParam("id") String id) {
    return found(id, manager::getRunById, run -> RunJson.of(run, caller.sight(true)));
  }

  /** Cancels a run. */
  @POST
  @Path("{id}/cancel")
  @Operation(
      summary = "Cancels a run",
      description = "Withdraws it when it has not started, interrupts it when it runs")
  public RunJson cancel(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson.read(body);
    if (!found(id, manager::findRun, RunHandle::cancel)) {
      throw ProblemException.conflict("Run " + id + " has ended already");
    }
    return show(id);
  }
}
