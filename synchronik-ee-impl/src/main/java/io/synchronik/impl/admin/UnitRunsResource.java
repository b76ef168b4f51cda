package io.synchronik.impl.admin;

import io.synchronik.RunRequest;
import io.synchronik.run.RunHandle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
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
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The runs of one unit. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/units")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class UnitRunsResource extends AdminResource {

  /** Lists the runs of a unit. */
  @GET
  @Path("{id}/runs")
  @Operation(summary = "Lists the runs of a unit, newest first")
  public RunListJson list(
      @PathParam("id") String id,
      @QueryParam("state") List<String> state,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") String limit) {
    unit(id);
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
  public Response run(@PathParam("id") String id, @Context UriInfo uri, InputStream body)
      throws IOException {
    RequestJson json = RequestJson.read(body, "payload", "force");
    RunRequest request = new RunRequest(json.value("payload"), json.flag("force"), caller.name());
    RunHandle handle = manager.runUnitById(known(id), request);
    URI location =
        uri.getBaseUriBuilder().path(ROOT).path("runs").path(handle.id().value()).build();
    Response.ResponseBuilder created = Response.created(location);
    manager
        .getRunById(handle.id().value())
        .ifPresent(run -> created.entity(RunJson.of(run, caller.sight(true))));
    return created.build();
  }
}
