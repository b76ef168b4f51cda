package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.monitor.Explanations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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
  @Operation(
      summary =
          "Tells whether a unit would run now and what stands against it, or what became of a due"
              + " time")
  public WhyJson unit(
      @PathParam("id") String id,
      @Parameter(description = "the due time, as 'dues' tells it; none for now") @QueryParam("at")
          String at) {
    Explanations why = manager.monitoring().why();
    Instant now = manager.monitoring().now();
    return WhyJson.of(
        at == null || at.isBlank()
            ? why.unit(id)
            : why.unit(id, Parameters.time("at", at, now, now)));
  }
}
