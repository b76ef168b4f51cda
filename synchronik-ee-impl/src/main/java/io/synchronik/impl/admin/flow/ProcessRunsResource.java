package io.synchronik.impl.admin.flow;

import io.synchronik.RunRequest;
import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Bodies;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.run.RequestedRun;
import io.synchronik.impl.admin.run.RunJson;
import io.synchronik.impl.admin.run.RunResource;
import io.synchronik.run.RunView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What not all runs have. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class ProcessRunsResource extends RunResource {

  /** Shows where the workers stand. */
  @GET
  @Path("{id}/graph")
  @Operation(summary = "Shows where the workers stand in a run of a process")
  public RunGraphJson graph(@PathParam("id") String id) {
    RunView run = found(id, manager::getRunById, Function.identity());
    return manager
        .getProcessRun(id)
        .map(process -> RunGraphJson.of(process, caller.sight(false)))
        .orElseThrow(() -> ProblemException.conflict("'" + run.unit() + "' is no process"));
  }

  /** Runs again what did not succeed. */
  @POST
  @Path("{id}/retry")
  @Operation(
      summary = "Runs again what did not succeed in a run of a process or of items",
      description =
          "Asks for a new run. That of a process takes over the workers that completed, with their"
              + " results; that of items has those that failed or were withdrawn. Without a payload"
              + " it gets that of the earlier one")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.Run.class)))
  @APIResponse(
      responseCode = "201",
      description = "The new run; it starts as soon as it may",
      content = @Content(schema = @Schema(implementation = RunJson.class)))
  public Response retry(
      @PathParam("id") String id,
      @Parameter(description = "as 'key' in the body") @HeaderParam(RequestedRun.KEY_HEADER)
          String key,
      @Context UriInfo uri,
      InputStream body)
      throws IOException {
    RunRequest request = RequestedRun.read(body, key, caller.name());
    return created(found(id, manager::getRunById, run -> manager.retryRun(id, request)), uri);
  }
}
