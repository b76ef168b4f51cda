package io.synchronik.impl.admin.node;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.RequestJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The nodes of the application, whichever answers. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/nodes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Nodes")
public class NodesResource extends AdminResource {

  /** Lists nodes. */
  @GET
  @Operation(summary = "Lists the nodes of the application, as their last heartbeats told")
  public NodeJson.ListJson list() {
    return new NodeJson.ListJson(manager.nodes().list().stream().map(NodeJson::of).toList());
  }

  /** Lets a node take nothing more in. */
  @POST
  @Path("{incarnation}/drain")
  @Operation(
      summary = "Lets a node take nothing more in",
      description =
          "It fires and claims nothing more, and executes what it has; the others do the rest."
              + " Another node than the answering one hears it with its next heartbeat")
  public NodeJson.ListJson drain(@PathParam("incarnation") String incarnation, InputStream body)
      throws IOException {
    RequestJson.read(body);
    manager.nodes().drain(incarnation);
    return list();
  }

  /** Lets a node take work in again. */
  @POST
  @Path("{incarnation}/resume")
  @Operation(summary = "Lets a node take work in again")
  public NodeJson.ListJson resume(@PathParam("incarnation") String incarnation, InputStream body)
      throws IOException {
    RequestJson.read(body);
    manager.nodes().resume(incarnation);
    return list();
  }
}
