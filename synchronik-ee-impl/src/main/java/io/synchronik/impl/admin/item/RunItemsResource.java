package io.synchronik.impl.admin.item;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Bodies;
import io.synchronik.impl.admin.json.FailureKindListJson;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.RequestJson;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemView;
import io.synchronik.item.NewItem;
import io.synchronik.run.ItemId;
import io.synchronik.run.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The items of a run. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Items")
public class RunItemsResource extends AdminResource {
  private static final int LONGEST_FAILURE = 500;

  /** Lists the items of a run. */
  @GET
  @Path("{id}/items")
  @Operation(summary = "Lists the items of a run, in the order of their ids")
  public ItemListJson list(
      @PathParam("id") String id,
      @Parameter(description = "one or more, with commas") @QueryParam("state") List<String> state,
      @Parameter(
              description =
                  "only items whose latest failure's type or message contains this text; only for"
                      + " those who may see payloads")
          @QueryParam("failure")
          String failure,
      @Parameter(
              description =
                  "only failed items with a failure of this group, as …/items/failures tells it;"
                      + " 'other' for those that have none")
          @QueryParam("group")
          String group,
      @Parameter(description = "'next' of the page before") @QueryParam("cursor") String cursor,
      @Parameter(description = "1 to 1,000; default 50") @QueryParam("limit") String limit) {
    Sight sight = caller.sight(false);
    ItemQuery query =
        new ItemQuery(
            Parameters.constants(ItemState.class, "state", state),
            failure(failure, sight),
            Parameters.group(group),
            cursor == null || cursor.isBlank() ? null : cursor,
            Parameters.number("limit", limit, 50, 1, 1000));
    Page<ItemView> page = found(id, manager::getRunById, run -> list(id, query));
    return new ItemListJson(
        page.items().stream().map(item -> ItemJson.of(item, sight)).toList(), page.next());
  }

  /** Whether something is found would tell the texts of failures, letter by letter. */
  private static @Nullable String failure(@Nullable String text, Sight sight) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (!sight.payloads()) {
      throw ProblemException.forbidden("Failures can be searched by those who may see them");
    }
    return Parameters.plainText("failure", text, LONGEST_FAILURE);
  }

  private Page<ItemView> list(String run, ItemQuery query) {
    try {
      return manager.items().list(run, query);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("cursor", "is not the 'next' of a page");
    }
  }

  /** Lists the kinds of failures. */
  @GET
  @Path("{id}/items/failures")
  @Operation(
      summary = "Lists the kinds of failures of the failed items of a run",
      description = "Those that happened last first; at most 1,000")
  public FailureKindListJson failures(@PathParam("id") String id) {
    Sight sight = caller.sight(false);
    return FailureKindListJson.of(
        found(id, manager::getRunById, run -> manager.items().failures(id)), sight);
  }

  /** Shows how the items of a run stand. */
  @GET
  @Path("{id}/items/statistics")
  @Operation(summary = "Shows how many items of a run are in which state, and how fast it goes")
  public ItemRunJson statistics(@PathParam("id") String id) {
    return found(
        id,
        manager::getRunById,
        run ->
            manager
                .items()
                .findRun(id)
                .map(ItemRunJson::of)
                .orElseThrow(
                    () -> ProblemException.conflict("Run " + id + " has no items, or not yet")));
  }

  /** Adds items. */
  @POST
  @Path("{id}/items")
  @Operation(
      summary = "Adds items to a run",
      description = "All of them, or none; also before the run has begun, until it has ended")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.ARRAY, implementation = Bodies.Item.class)))
  @APIResponse(
      responseCode = "201",
      description = "They were added",
      content = @Content(schema = @Schema(implementation = AddedItemsJson.class)))
  public Response add(@PathParam("id") String id, InputStream body) throws IOException {
    List<NewItem<@Nullable JsonValue>> items = RequestedItems.read(body);
    List<ItemId> ids = found(id, Optional::of, run -> manager.items().add(run, items));
    AddedItemsJson added = new AddedItemsJson(ids.stream().map(ItemId::toString).toList());
    return Response.status(Response.Status.CREATED).entity(added).build();
  }

  /** Lets a run end that was kept open. */
  @POST
  @Path("{id}/items/close")
  @Operation(
      summary = "Closes a run of items",
      description = "One that was kept open ends when all its items are final")
  public ItemRunJson close(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson.read(body);
    found(
        id,
        Optional::of,
        run -> {
          manager.items().close(run);
          return run;
        });
    return statistics(id);
  }

  /** Tries failed items again. */
  @POST
  @Path("{id}/items/retry")
  @Operation(
      summary = "Tries the failed items of a run again",
      description = "With all their attempts, while the run goes on")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.ItemRetry.class)))
  public RetriedItemsJson retry(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson json = RequestJson.read(body, "failure", "group");
    String failure = json.plainText("failure", LONGEST_FAILURE);
    String group = json.value("group") == null ? null : Parameters.group(json.text("group"));
    if (failure != null && group != null) {
      throw json.wrong("group", "and failure cannot both be given");
    }
    return new RetriedItemsJson(
        found(
            id,
            Optional::of,
            run ->
                group == null
                    ? manager.items().retryFailed(run, failure)
                    : manager.items().retryGroup(run, group)));
  }
}
