package io.synchronik.impl.admin.journal;

import io.synchronik.JournalQuery;
import io.synchronik.event.EventType;
import io.synchronik.event.JournalEntry;
import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The journal: pages and the live stream. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/events")
@Tag(name = "Events")
public class EventsResource extends AdminResource {
  private static final String STREAM = "stream";

  @Inject EventStreams streams;

  /** Lists events. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Lists events in the order of their positions")
  public EventListJson list(
      @Parameter(description = "only events behind this position; default all") @QueryParam("after")
          String after,
      @QueryParam("unit") String unit,
      @Parameter(description = "only events of this run, whatever unit and type say")
          @QueryParam("run")
          String run,
      @Parameter(description = "one or more, with commas") @QueryParam("type") List<String> type,
      @Parameter(description = "1 to 1,000; default 100") @QueryParam("limit") String limit) {
    JournalQuery query =
        new JournalQuery(
            Parameters.position("after", after, 0),
            Parameters.unit(unit),
            Parameters.constants(EventType.class, "type", type),
            Parameters.number("limit", limit, 100, 1, 1000));
    Sight sight = caller.sight(false);
    long position = manager.journalPosition();
    List<JournalEntry> entries =
        run == null || run.isBlank()
            ? manager.readJournal(query)
            : manager.monitoring().events(run, query.after(), query.limit());
    long read = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).position();
    // A page that is not full has seen all up to the position read before it.
    long next = entries.size() < query.limit() ? Math.max(read, position) : read;
    return new EventListJson(
        entries.stream().map(entry -> EventJson.of(entry, sight)).toList(),
        Math.max(query.after(), next),
        Math.max(read, position));
  }

  /** Streams events. */
  @GET
  @Path(STREAM)
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Streams events as they happen",
      description =
          "Server-sent events: the id is the position, the name the type, the data an Event."
              + " Begins behind Last-Event-ID, else behind 'after', else at the present")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = String.class)))
  public void stream(
      @Parameter(description = "the stream begins behind this position") @QueryParam("after")
          String after,
      @QueryParam("unit") String unit,
      @Parameter(description = "one or more, with commas") @QueryParam("type") List<String> type,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastEventId,
      @Context HttpServletRequest request,
      @Context SseEventSink sink,
      @Context Sse sse) {
    long present = manager.journalPosition();
    long from =
        lastEventId == null
            ? Parameters.position("after", after, present)
            : Parameters.position(HttpHeaders.LAST_EVENT_ID_HEADER, lastEventId, present);
    EventSource source =
        new EventSource.Journal(
            manager, Parameters.unit(unit), Parameters.constants(EventType.class, "type", type));
    EventOutlet outlet =
        new EventOutlet.Client(sink, sse, caller.sight(false), request.getAsyncContext());
    streams.open(caller.name(), source, outlet, from);
  }

  /** Tells that there is a stream, without opening one. */
  @HEAD
  @Path(STREAM)
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(hidden = true)
  public Response streamHeaders() {
    return Response.ok().build();
  }
}
