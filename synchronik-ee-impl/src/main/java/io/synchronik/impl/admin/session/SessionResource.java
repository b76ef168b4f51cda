package io.synchronik.impl.admin.session;

import io.synchronik.EngineStats;
import io.synchronik.impl.admin.http.AdminResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.ZoneId;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's session. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/session")
@Tag(name = "Session")
public class SessionResource extends AdminResource {
  /** Says who asks, and what it may see. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Says who asks, what it may see, and who answers")
  public SessionJson show() {
    EngineStats.Node node = manager.getEngineStats().node();
    String version = SessionResource.class.getPackage().getImplementationVersion();
    return new SessionJson(
        caller.name(),
        caller.isAdmin() ? "admin" : "viewer",
        caller.readOnly(),
        caller.sight(false).payloads(),
        node.application(),
        node.name(),
        Objects.requireNonNullElse(version, "unknown"),
        ZoneId.systemDefault().getId(),
        manager.monitoring().now());
  }

  /**
   * Leads back to the dashboard whoever got here through the server's login. The way is relative,
   * so that it holds below a proxy's prefix; a redirect would be made absolute.
   */
  @GET
  @Path("enter")
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public String enter(@Context HttpServletRequest request) {
    String below = request.getRequestURI().substring(request.getContextPath().length());
    String up = "../".repeat((int) below.chars().filter(c -> c == '/').count() - 1);
    return "<!doctype html><html lang=\"en\"><title>Synchronik</title>"
        + "<meta http-equiv=\"refresh\" content=\"0;url="
        + up
        + ROOT
        + "/\"><a href=\""
        + up
        + ROOT
        + "/\">Synchronik</a></html>";
  }
}
