package io.synchronik.impl.admin.unit;

import io.synchronik.RunRequest;
import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Bodies;
import io.synchronik.impl.admin.run.RequestedRun;
import io.synchronik.impl.admin.run.RunJson;
import io.synchronik.impl.admin.run.RunListJson;
import io.synchronik.impl.admin.run.RunResource;
import io.synchronik.impl.admin.run.RunsResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The runs of one unit. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/units")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class UnitRunsResource extends RunResource {

  /** Lists the runs of a unit. */
  @GET
  @Path("{id}/runs")
  @Operation(summary = "Lists the runs of a unit, newest first")
  public RunListJson list(
      @PathParam("id") String id,
      @QueryParam("state") List<String> state,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") String limit) {
    UnitJson.find(manager, id);
    return page(RunsResource.query(id, state, cursor, limit));
  }

  /** Asks for a run. */
  @POST
  @Path("{id}/runs")
  @Operation(summary = "Asks for a run of a unit")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.Run.class)))
  @APIResponse(
      responseCode = "201",
      description = "The run; it starts as soon as it may",
      content = @Content(schema = @Schema(implementation = RunJson.class)))
  public Response run(
      @PathParam("id") String id,
      @Parameter(description = "as 'key' in the body") @HeaderParam(RequestedRun.KEY_HEADER)
          String key,
      @Context UriInfo uri,
      InputStream body)
      throws IOException {
    RunRequest request = RequestedRun.read(body, key, caller.name());
    return created(manager.runUnitById(known(id), request), uri);
  }
}
