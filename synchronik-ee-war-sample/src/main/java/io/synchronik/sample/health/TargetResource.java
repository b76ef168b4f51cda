package io.synchronik.sample.health;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAuthorizedException;
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

  /**
   * Enables one. As with the admin resource, any {@code X-Synchronik} header will do: it keeps
   * other sites from sending a logged-in admin's browser here.
   */
  @POST
  @Path("{id}/enable")
  public Target.View enable(
      @PathParam("id") String id,
      @HeaderParam("X-Synchronik") @Nullable String header,
      @Context SecurityContext caller) {
    if (caller.getUserPrincipal() == null) {
      throw new NotAuthorizedException("Basic realm=\"Synchronik sample\"");
    }
    if (header == null || !caller.isUserInRole("synchronik-admin")) {
      throw new ForbiddenException();
    }
    return targets.enable(id).orElseThrow(NotFoundException::new);
  }
}
