package io.synchronik.impl.admin.unit;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Bodies;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.RequestJson;
import io.synchronik.unit.UnitStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Units: what people do to them. Each answers with the unit as it is then. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/units")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Units")
public class UnitControlResource extends AdminResource {

  /** Pauses a unit. */
  @POST
  @Path("{id}/pause")
  @Operation(summary = "Pauses a unit", description = "Runs in progress go on")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.Pause.class)))
  public UnitJson pause(@PathParam("id") String id, InputStream body) throws IOException {
    manager.pause(known(id), RequestJson.read(body, "until").time("until"));
    return UnitJson.find(manager, id);
  }

  /** Ends a pause. */
  @POST
  @Path("{id}/resume")
  @Operation(summary = "Ends a pause")
  public UnitJson resume(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson.read(body);
    manager.resume(known(id));
    return UnitJson.find(manager, id);
  }

  /** Lets schedules run a unit. */
  @POST
  @Path("{id}/enable")
  @Operation(summary = "Lets schedules run a unit again")
  public UnitJson enable(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson.read(body);
    manager.enable(known(id));
    return UnitJson.find(manager, id);
  }

  /** Keeps schedules from running a unit. */
  @POST
  @Path("{id}/disable")
  @Operation(summary = "Keeps schedules from running a unit")
  public UnitJson disable(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson.read(body);
    manager.disable(known(id));
    return UnitJson.find(manager, id);
  }

  /** Cancels the runs of a worker. */
  @POST
  @Path("{id}/stop")
  @Operation(summary = "Cancels all runs of a worker", description = "Its schedule goes on")
  public CancelledJson stop(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson.read(body);
    return new CancelledJson(manager.stopWorkerById(known(id)));
  }

  /** Sets a unit's status. */
  @PUT
  @Path("{id}/status")
  @Operation(
      summary = "Sets a unit's status by hand",
      description = "paused pauses it, any other status ends a pause; running cannot be set")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.Status.class)))
  public UnitJson status(@PathParam("id") String id, InputStream body) throws IOException {
    String status = RequestJson.read(body, "status").text("status");
    manager.updateStatus(known(id), Parameters.constant(UnitStatus.class, "status", status));
    return UnitJson.find(manager, id);
  }

  /** Changes a unit's configuration. */
  @PATCH
  @Path("{id}/config")
  @Operation(
      summary = "Changes a unit's configuration",
      description =
          "The fields that are given, as texts or numbers; null takes back what was changed at"
              + " runtime. All of it is checked before any of it is changed")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ConfigJson.class)))
  public UnitJson configure(@PathParam("id") String id, InputStream body) throws IOException {
    manager.updateUnitConfig(known(id), RequestJson.readAny(body).texts());
    return UnitJson.find(manager, id);
  }
}
