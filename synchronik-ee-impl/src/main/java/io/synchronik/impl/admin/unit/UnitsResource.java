package io.synchronik.impl.admin.unit;

import io.synchronik.UnitPage;
import io.synchronik.UnitQuery;
import io.synchronik.impl.admin.flow.GraphJson;
import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Units: the list, one, release. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/units")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Units")
public class UnitsResource extends AdminResource {
  private static final String RESET = "reset";
  private static final int LONGEST_FIELD = 1000;

  /** Lists units. */
  @GET
  @Operation(summary = "Lists units")
  public UnitListJson list(
      @Parameter(description = "one or more, with commas") @QueryParam("status")
          List<String> status,
      @Parameter(description = "worker, process") @QueryParam("kind") List<String> kind,
      @Parameter(description = "part of id, name or description") @QueryParam("q") @DefaultValue("")
          String text,
      @Parameter(
              description =
                  "id, name, status, kind, nextDue, lastStartedAt, runs or failed; with '-' before"
                      + " it in reverse")
          @QueryParam("sort")
          String sort,
      @Parameter(description = "from 1") @QueryParam("page") String page,
      @Parameter(description = "1 to 1,000; default 100") @QueryParam("size") String size) {
    int pageNumber = Parameters.number("page", page, 1, 1, 1_000_000);
    int pageSize = Parameters.number("size", size, 100, 1, 1000);
    UnitPage units =
        manager.findUnits(
            new UnitQuery(
                Parameters.constants(UnitStatus.class, "status", status),
                Parameters.constants(UnitKind.class, "kind", kind),
                text.isBlank() ? null : text.trim(),
                UnitSelection.sort(sort),
                (pageNumber - 1) * pageSize,
                pageSize));
    return new UnitListJson(
        units.items().stream().map(unit -> UnitJson.of(unit, false)).toList(),
        units.total(),
        pageNumber,
        pageSize);
  }

  /** Shows one unit. */
  @GET
  @Path("{id}")
  @Operation(summary = "Shows a unit")
  public UnitJson show(@PathParam("id") String id) {
    return UnitJson.find(manager, id);
  }

  /** Shows what a change of a configuration would come to. */
  @GET
  @Path("{id}/config/preview")
  @Operation(
      summary = "Shows what a change of a unit's configuration would come to",
      description =
          "The fields that PATCH takes are given as parameters, empty for none; those named by"
              + " 'reset' become what code says. Without any of them it is what is in force."
              + " Nothing is changed")
  public ConfigPreviewJson preview(
      @PathParam("id") String id,
      @Parameter(description = "names of fields, with commas") @QueryParam(RESET)
          List<String> reset,
      @Context UriInfo uri) {
    Map<String, @Nullable String> settings = new LinkedHashMap<>();
    uri.getQueryParameters()
        .forEach((name, values) -> settings.put(name, fieldText(name, values.get(0))));
    settings.remove(RESET);
    reset.stream()
        .flatMap(names -> Stream.of(names.split(",")))
        .forEach(name -> settings.put(name.trim(), null));
    return ConfigPreviewJson.of(manager.previewUnitConfig(known(id), settings));
  }

  private static String fieldText(String name, String text) {
    return text.isBlank() ? "" : Parameters.plainText(name, text, LONGEST_FIELD);
  }

  /** Shows what runs after what in a process. */
  @GET
  @Path("{id}/graph")
  @Operation(summary = "Shows the workers of a process and what runs after what")
  public GraphJson graph(@PathParam("id") String id) {
    UnitJson unit = UnitJson.find(manager, id);
    return manager
        .getProcessById(id)
        .map(process -> GraphJson.of(process.graph()))
        .orElseThrow(
            () ->
                ProblemException.conflict(
                    unit.known()
                        ? "'" + id + "' is no process"
                        : "This node does not know its code"));
  }

  /** Releases a unit. */
  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Releases a unit",
      description =
          "Removes the unit and its history; waits for a run in progress unless it is forced")
  @APIResponse(responseCode = "204", description = "It is gone")
  @APIResponse(responseCode = "202", description = "It goes when its run in progress has ended")
  public Response release(
      @PathParam("id") String id,
      @Parameter(description = "true cancels the unit's runs") @QueryParam("force") String force) {
    manager.releaseUnit(known(id), Parameters.flag("force", force));
    return manager
        .getUnitById(id)
        .map(unit -> Response.accepted(UnitJson.of(unit, true)))
        .orElseGet(Response::noContent)
        .build();
  }
}
