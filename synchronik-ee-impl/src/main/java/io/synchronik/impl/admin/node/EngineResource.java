package io.synchronik.impl.admin.node;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.RequestJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The engine on the answering node. Each call answers with the engine as it is then. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/engine")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Engine")
public class EngineResource extends AdminResource {

  /** Shows the engine. */
  @GET
  @Operation(summary = "Shows numbers about the engine on this node")
  public EngineJson show() {
    return EngineJson.of(manager.getEngineStats());
  }

  /** Starts the engine. */
  @POST
  @Path("start")
  @Operation(summary = "Starts firing and claiming on this node")
  public EngineJson start(InputStream body) throws IOException {
    return change(body, manager::start);
  }

  /** Stops the engine. */
  @POST
  @Path("stop")
  @Operation(
      summary = "Stops firing and claiming on this node",
      description = "Waits for running work up to synchronik.stop-grace, then interrupts it")
  public EngineJson stop(InputStream body) throws IOException {
    return change(body, manager::stop);
  }

  /** Resumes all units. */
  @POST
  @Path("start-all")
  @Operation(summary = "Resumes every unit of the application")
  public EngineJson startAll(InputStream body) throws IOException {
    return change(body, manager::startAll);
  }

  /** Pauses all units. */
  @POST
  @Path("stop-all")
  @Operation(summary = "Pauses every unit of the application")
  public EngineJson stopAll(InputStream body) throws IOException {
    return change(body, manager::stopAll);
  }

  private EngineJson change(InputStream body, Runnable change) throws IOException {
    RequestJson.read(body);
    change.run();
    return show();
  }
}
