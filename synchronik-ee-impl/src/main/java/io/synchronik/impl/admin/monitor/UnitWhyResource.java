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

/** Why a unit runs, or does not. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/units")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Why")
public class UnitWhyResource extends AdminResource {

  /** Of a unit. */
  @GET
  @Path("{id}/why")
  @Operation(summary = "Tells whether a unit would run now, and what stands against it")
  public WhyJson unit(@PathParam("id") String id) {
    return WhyJson.of(manager.monitoring().why().unit(id));
  }
}
