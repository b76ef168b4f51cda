package io.synchronik.impl.admin.bulk;

import io.synchronik.bulk.BulkFilter;
import io.synchronik.bulk.BulkQuery;
import io.synchronik.bulk.BulkRequest;
import io.synchronik.bulk.BulkView;
import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Bodies;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.RequestJson;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.run.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is done to many by the server. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/bulk")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Bulk")
public class BulkResource extends AdminResource {
  private static final int LONGEST_ID = 36;

  /** Lists bulk actions. */
  @GET
  @Operation(
      summary = "Lists what is and was done to many, newest first",
      description = "Kept as long as synchronik.history.retain says")
  public BulkJson.ListJson list(
      @Parameter(description = "'next' of the page before") @QueryParam("before") String before,
      @Parameter(description = "1 to 1,000; default 50") @QueryParam("limit") String limit,
      @Parameter(
              description = "true: only what goes on",
              schema = @Schema(type = SchemaType.BOOLEAN))
          @QueryParam("running")
          String running) {
    Page<BulkView> page =
        manager
            .bulk()
            .list(
                new BulkQuery(
                    before == null || before.isBlank()
                        ? null
                        : Parameters.plainText("before", before, LONGEST_ID),
                    Parameters.number("limit", limit, 50, 1, 1000),
                    Parameters.flag("running", running)));
    Sight sight = caller.sight(false);
    return new BulkJson.ListJson(
        page.items().stream().map(bulk -> BulkJson.of(bulk, sight)).toList(), page.next());
  }

  /** Counts to how many something would be done. */
  @GET
  @Path("count")
  @Operation(
      summary = "Counts to how many something would be done now",
      description = "Whoever asks for it then sends the count as what is expected")
  @Parameter(
      name = "action",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      required = true)
  @Parameter(
      name = "over",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      required = true,
      description = "runs, items or units; the other parameters are those of its filter")
  @Parameter(
      name = "run",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "of items")
  @Parameter(
      name = "unit",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "of runs and items")
  @Parameter(
      name = "group",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "of failures")
  @Parameter(
      name = "failure",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "part of failures of items")
  @Parameter(
      name = "states",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "of runs, with commas")
  @Parameter(
      name = "ids",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "of runs, items or units, with commas; many go by POST")
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "of runs: ended (retry) or asked for (cancel) then or later; ISO-8601, or -24h")
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "of runs: before then; ISO-8601, or -1h")
  @Parameter(
      name = "kind",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "of units")
  @Parameter(
      name = "statuses",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "of units, with commas")
  @Parameter(
      name = "q",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "part of what units say")
  public BulkJson.CountJson count(@Context UriInfo uri) {
    return count(uri.getQueryParameters());
  }

  BulkJson.CountJson count(MultivaluedMap<String, String> given) {
    BulkRequest request =
        new RequestedBulk(
                name -> text(name, given.getFirst(name)),
                name -> texts(given.get(name)),
                manager.monitoring().now())
            .request(given.getFirst("action"), given.getFirst("over"));
    return count(request);
  }

  private BulkJson.CountJson count(BulkRequest request) {
    return new BulkJson.CountJson(manager.bulk().count(request.action(), request.filter()));
  }

  /** Counts to how many a request would be done, whose filter may be too long for an address. */
  @POST
  @Path("count")
  @Operation(
      summary = "Counts to how many something would be done now, and does nothing",
      description =
          "Takes what begins a bulk action: a filter that names many is too long elsewhere")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.Bulk.class)))
  public BulkJson.CountJson countRequested(InputStream body) throws IOException {
    return count(RequestedBulk.read(body, manager.monitoring().now()));
  }

  private static @Nullable String text(String name, @Nullable String text) {
    return text == null || text.isBlank()
        ? null
        : Parameters.plainText(name, text, BulkFilter.LONGEST_TEXT);
  }

  private static List<String> texts(@Nullable List<String> texts) {
    return texts == null
        ? List.of()
        : texts.stream()
            .flatMap(some -> Stream.of(some.split(",")))
            .map(String::trim)
            .filter(one -> !one.isEmpty())
            .toList();
  }

  /** Does something to many. */
  @POST
  @Operation(
      summary = "Does something to all that fit a filter",
      description =
          "Carried out by the nodes, in bites; what somebody holds comes last. Refused with 409"
              + " when the count differs from what is expected by more than a twentieth and by more"
              + " than ten")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.Bulk.class)))
  public BulkJson start(InputStream body) throws IOException {
    return BulkJson.of(
        manager.bulk().start(RequestedBulk.read(body, manager.monitoring().now())),
        caller.sight(true));
  }

  /** Shows a bulk action. */
  @GET
  @Path("{id}")
  @Operation(summary = "Shows how far something has come that is done to many")
  public BulkJson show(@PathParam("id") String id) {
    return manager
        .bulk()
        .find(Parameters.plainText("id", id, LONGEST_ID))
        .map(bulk -> BulkJson.of(bulk, caller.sight(true)))
        .orElseThrow(() -> ProblemException.notFound("No bulk action has this id"));
  }

  /** Ends a bulk action. */
  @POST
  @Path("{id}/cancel")
  @Operation(
      summary = "Ends something that is done to many, after the bite that is going on",
      description = "What was done stays done")
  public BulkJson cancel(@PathParam("id") String id, InputStream body) throws IOException {
    RequestJson.read(body);
    if (!manager.bulk().cancel(Parameters.plainText("id", id, LONGEST_ID))) {
      throw ProblemException.conflict("Bulk action " + id + " has ended already, or is about to");
    }
    return show(id);
  }
}
