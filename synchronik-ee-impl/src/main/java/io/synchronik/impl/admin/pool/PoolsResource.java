package io.synchronik.impl.admin.pool;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Bodies;
import io.synchronik.pool.WorkerPool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Pools. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/pools")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Pools")
public class PoolsResource extends AdminResource {

  /** Lists pools. */
  @GET
  @Operation(summary = "Lists all pools")
  public PoolListJson list() {
    return new PoolListJson(manager.listWorkerPools().stream().map(PoolJson::of).toList());
  }

  /** Shows a pool. */
  @GET
  @Path("{name}")
  @Operation(summary = "Shows a pool")
  public PoolJson show(@PathParam("name") String name) {
    return PoolJson.of(pool(name).view());
  }

  /** Creates or resizes a pool. */
  @PUT
  @Path("{name}")
  @Operation(
      summary = "Creates a pool, or changes its size",
      description =
          "More places count at once; with fewer, running tasks go on and none begins before"
              + " enough have ended")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.Pool.class)))
  public PoolJson size(@PathParam("name") String name, InputStream body) throws IOException {
    int size = RequestedTask.size(body);
    Optional<WorkerPool> found = manager.findWorkerPool(name);
    WorkerPool pool = found.orElseGet(() -> manager.useWorkerPool(name, size));
    if (found.isPresent()) {
      pool.resize(size);
    }
    return PoolJson.of(pool.view());
  }

  /** Shows what would begin. */
  @GET
  @Path("{name}/simulation")
  @Operation(
      summary = "Shows which tasks would begin, and in which order",
      description = "A paused task and all behind it are left out; nothing is begun")
  public SimulationJson simulate(@PathParam("name") String name) {
    return SimulationJson.of(pool(name).simulateRun());
  }
}
