package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.http.AdminResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Why a task of a pool waits or has ended so. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/pools/{name}/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Why")
public class TaskWhyResource extends AdminResource {

  /** Of a task. */
  @GET
  @Path("{id}/why")
  @Operation(summary = "Tells what a task of a pool waits for, or how it ended")
  public WhyJson task(@PathParam("name") String name, @PathParam("id") long id) {
    return WhyJson.of(manager.monitoring().why().task(name, id));
  }
}
