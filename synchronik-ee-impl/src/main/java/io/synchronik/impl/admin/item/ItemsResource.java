package io.synchronik.impl.admin.item;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Bodies;
import io.synchronik.impl.admin.json.ItemIds;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.Problems;
import io.synchronik.impl.admin.json.RequestJson;
import io.synchronik.run.InvalidPayloadException;
import io.synchronik.run.ItemId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Single items. Each change answers with the item as it is then. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/items")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Items")
public class ItemsResource extends AdminResource {
  private static final int LONGEST_REASON = 1000;

  /** Shows an item. */
  @GET
  @Path("{id}")
  @Operation(summary = "Shows an item")
  public ItemJson show(@PathParam("id") String id) {
    return shown(ItemIds.read(id));
  }

  private ItemJson shown(ItemId id) {
    return manager
        .items()
        .find(id)
        .map(item -> ItemJson.of(item, caller.sight(true)))
        .orElseThrow(() -> ProblemException.notFound("No item has the id '" + id + "'"));
  }

  private ItemJson changed(String id, Consumer<ItemId> change) {
    ItemId item = ItemIds.read(id);
    change.accept(item);
    return shown(item);
  }

  /** Starts a manual item. */
  @POST
  @Path("{id}/start")
  @Operation(summary = "Starts a manual item")
  public ItemJson start(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson.read(body);
    return changed(id, manager.items()::start);
  }

  /** Completes a manual item. */
  @POST
  @Path("{id}/complete")
  @Operation(summary = "Completes a manual item that was started")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.ItemResult.class)))
  public ItemJson complete(@PathParam("id") String id, InputStream body) throws IOException {
    JsonValue result = RequestJson.read(body, "result").value("result");
    try {
      return changed(id, item -> manager.items().complete(item, result));
    } catch (InvalidPayloadException e) {
      throw new ProblemException(Problems.of(e).withField("result"));
    }
  }

  /** Lets a manual item fail. */
  @POST
  @Path("{id}/fail")
  @Operation(summary = "Lets a manual item that was started fail, for good")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.ItemFailure.class)))
  public ItemJson fail(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson json = RequestJson.read(body, "reason");
    String reason = json.plainText("reason", LONGEST_REASON);
    if (reason == null) {
      throw json.wrong("reason", "must be a text");
    }
    return changed(id, item -> manager.items().fail(item, reason));
  }

  /** Puts a manual item back. */
  @POST
  @Path("{id}/reset")
  @Operation(summary = "Puts a manual item that was started back to initialized")
  public ItemJson reset(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson.read(body);
    return changed(id, manager.items()::reset);
  }

  /** Withdraws an item. */
  @POST
  @Path("{id}/cancel")
  @Operation(
      summary = "Withdraws an item that is not final",
      description = "One under way is interrupted, and its result refused")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.ItemCancellation.class)))
  public ItemJson cancel(@PathParam("id") String id, InputStream body) throws IOException {
    String reason = RequestJson.read(body, "reason").plainText("reason", LONGEST_REASON);
    String recorded = reason == null ? "cancelled by " + caller.name() : reason;
    return changed(id, item -> manager.items().cancel(item, recorded));
  }

  /** Tries a failed item again. */
  @POST
  @Path("{id}/retry")
  @Operation(
      summary = "Tries a failed item again",
      description = "With all its attempts, while its run goes on")
  public ItemJson retry(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson.read(body);
    return changed(id, manager.items()::retry);
  }
}
