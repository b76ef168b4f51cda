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

/** Why a run, or a step of one, waits or has ended so. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Why")
public class RunWhyResource extends AdminResource {

  /** Of a run. */
  @GET
  @Path("{id}/why")
  @Operation(summary = "Tells what a run waits for, or how it ended")
  public WhyJson run(@PathParam("id") String id) {
    return WhyJson.of(manager.monitoring().why().run(id));
  }

  /** Of a step. */
  @GET
  @Path("{id}/steps/{worker}/why")
  @Operation(summary = "Tells what a step of a process's run waits for, or why it was skipped")
  public WhyJson step(@PathParam("id") String id, @PathParam("worker") String worker) {
    return WhyJson.of(manager.monitoring().why().step(id, worker));
  }
}
