package io.synchronik.impl.admin.journal;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Bodies;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.RequestJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Milestones that people announce. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/milestones")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
public class MilestonesResource extends AdminResource {
  private static final int LONGEST_ID = 200;

  /** Announces a milestone. */
  @POST
  @Path("{id: .+}")
  @Operation(summary = "Announces a milestone of the application")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.Announcement.class)))
  @APIResponse(responseCode = "204", description = "It is in the journal")
  public void announce(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson json = RequestJson.read(body, "payload");
    if (id.length() > LONGEST_ID) {
      throw ProblemException.badRequest("id", "must have 1 to " + LONGEST_ID + " characters");
    }
    manager.emitMilestone(id, json.value("payload"));
  }
}
