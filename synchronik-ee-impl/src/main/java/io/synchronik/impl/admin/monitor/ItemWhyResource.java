package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.ItemIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Why an item waits or has ended so. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/items")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Why")
public class ItemWhyResource extends AdminResource {

  /** Of an item. */
  @GET
  @Path("{id}/why")
  @Operation(summary = "Tells what an item waits for, or how it ended")
  public WhyJson item(@PathParam("id") String id) {
    return WhyJson.of(manager.monitoring().why().item(ItemIds.read(id)));
  }
}
