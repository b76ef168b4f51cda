package io.synchronik.sample.health;

import io.synchronik.sample.SampleUsers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the targets to everybody; an admin enables them again. */
@Path("targets")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class TargetResource {
  @Inject Targets targets;

  /** Lists all. */
  @GET
  public List<Target.View> list() {
    return targets.list();
  }

  /** Enables one. */
  @POST
  @Path("{id}/enable")
  public Target.View enable(
      @PathParam("id") String id,
      @HeaderParam(SampleUsers.OWN_HEADER) @Nullable String header,
      @Context SecurityContext caller) {
    SampleUsers.requireAdmin(caller, header);
    return targets.enable(id).orElseThrow(NotFoundException::new);
  }
}
