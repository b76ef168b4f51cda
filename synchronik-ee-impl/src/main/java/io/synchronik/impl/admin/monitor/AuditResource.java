package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.monitor.AuditQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What people did. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
public class AuditResource extends AdminResource {
  private static final int LONGEST = 200;

  /** Lists what people did. */
  @GET
  @Operation(
      summary = "Lists what people did, newest first",
      description =
          "All commands over HTTP, and calls in code but for those that applications make all day;"
              + " kept as long as synchronik.retention.audit says")
  public AuditListJson list(
      @Parameter(description = "only what was done to this id or name") @QueryParam("target")
          String target,
      @Parameter(description = "only what this caller did") @QueryParam("by") String by,
      @Parameter(description = "only this: pause, cancel, configure …") @QueryParam("action")
          String action,
      @Parameter(description = "'next' of the page before") @QueryParam("before") String before,
      @Parameter(description = "1 to 1,000; default 50") @QueryParam("limit") String limit) {
    AuditQuery query =
        new AuditQuery(
            text("target", target),
            text("by", by),
            text("action", action),
            text("before", before),
            Parameters.number("limit", limit, 50, 1, 1000));
    return AuditListJson.of(manager.monitoring().audit(query), caller.isAdmin());
  }

  private static @Nullable String text(String name, @Nullable String text) {
    return text == null || text.isBlank() ? null : Parameters.plainText(name, text, LONGEST);
  }
}
