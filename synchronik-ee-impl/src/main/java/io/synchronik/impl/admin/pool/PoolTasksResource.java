package io.synchronik.impl.admin.pool;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Bodies;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.ProblemJson;
import io.synchronik.impl.admin.json.RequestJson;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.pool.WorkerPool;
import io.synchronik.run.UnknownUnitException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The tasks of pools. What changes one answers with the task as it is then. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/pools/{name}/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Pools")
public class PoolTasksResource extends AdminResource {

  /** Lists tasks. */
  @GET
  @Operation(summary = "Lists the tasks of a pool, newest first")
  public PoolTaskListJson list(
      @PathParam("name") String name,
      @Parameter(description = "one or more, with commas") @QueryParam("state") List<String> state,
      @Parameter(description = "'next' of the page before") @QueryParam("cursor") String cursor,
      @Parameter(description = "1 to 1,000; default 50") @QueryParam("limit") String limit) {
    return PoolTaskListJson.of(
        pool(name).findTasks(query(state, cursor, limit)), caller.sight(false));
  }

  static PoolTaskQuery query(List<String> state, @Nullable String cursor, @Nullable String limit) {
    return new PoolTaskQuery(
        Parameters.constants(PoolTaskState.class, "state", state),
        Parameters.position("cursor", cursor, Long.MAX_VALUE),
        Parameters.number("limit", limit, 50, 1, 1000));
  }

  /** Adds a task. */
  @POST
  @Operation(
      summary = "Adds a task to a pool",
      description = "It names a worker, so it is durable. It begins when a place is free")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.Task.class)))
  @APIResponse(
      responseCode = "201",
      description = "The task",
      content = @Content(schema = @Schema(implementation = PoolTaskJson.class)))
  public Response add(@PathParam("name") String name, @Context UriInfo uri, InputStream body)
      throws IOException {
    PoolTaskJson task = added(name, body);
    return Response.created(
            uri.getBaseUriBuilder()
                .path(ROOT)
                .path("pools")
                .path(name)
                .path("tasks")
                .path(Long.toString(task.id()))
                .build())
        .entity(task)
        .build();
  }

  PoolTaskJson added(String name, InputStream body) throws IOException {
    WorkerPool pool = pool(name);
    try {
      long id = pool.addTask(RequestedTask.read(body, caller.name()));
      return show(name, Long.toString(id));
    } catch (UnknownUnitException e) {
      throw new ProblemException(ProblemJson.of(400, e.getMessage()).withField("worker"));
    }
  }

  /** Shows a task. */
  @GET
  @Path("{id}")
  @Operation(summary = "Shows a task")
  public PoolTaskJson show(@PathParam("name") String name, @PathParam("id") String id) {
    return pool(name)
        .findTask(known(name, id))
        .map(task -> PoolTaskJson.of(task, caller.sight(true)))
        .orElseThrow(() -> unknown(name, id));
  }

  /** Changes a task. */
  @PATCH
  @Path("{id}")
  @Operation(
      summary = "Changes a pending task",
      description = "The fields that are given; all of it is checked before any of it is changed")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Bodies.TaskChange.class)))
  public PoolTaskJson change(
      @PathParam("name") String name, @PathParam("id") String id, InputStream body)
      throws IOException {
    pool(name).updateTask(known(name, id), RequestedTask.change(body));
    return show(name, id);
  }

  /** Pauses a task. */
  @POST
  @Path("{id}/pause")
  @Operation(
      summary = "Pauses a pending task",
      description = "It holds back all tasks behind it; those that run go on")
  public PoolTaskJson pause(
      @PathParam("name") String name, @PathParam("id") String id, InputStream body)
      throws IOException {
    return changed(name, id, body, WorkerPool::pauseTask);
  }

  /** Ends the pause of a task. */
  @POST
  @Path("{id}/resume")
  @Operation(summary = "Ends the pause of a task")
  public PoolTaskJson resume(
      @PathParam("name") String name, @PathParam("id") String id, InputStream body)
      throws IOException {
    return changed(name, id, body, WorkerPool::resumeTask);
  }

  /** Cancels a task. */
  @POST
  @Path("{id}/cancel")
  @Operation(
      summary = "Cancels a task that has not begun",
      description = "One that runs is cancelled by its run")
  public PoolTaskJson cancel(
      @PathParam("name") String name, @PathParam("id") String id, InputStream body)
      throws IOException {
    return changed(name, id, body, WorkerPool::cancelTask);
  }

  private PoolTaskJson changed(
      String name, String id, InputStream body, ObjLongConsumer<WorkerPool> change)
      throws IOException {
    RequestJson.read(body);
    change.accept(pool(name), known(name, id));
    return show(name, id);
  }

  private static long known(String pool, String id) {
    Long number = RequestedTask.id(id);
    if (number == null) {
      throw unknown(pool, id);
    }
    return number;
  }

  private static ProblemException unknown(String pool, String id) {
    return ProblemException.notFound("Pool '" + pool + "' has no task " + id);
  }
}
