package io.synchronik.it.servers.app;

import io.synchronik.RunQuery;
import io.synchronik.SynchronikManager;
import io.synchronik.UnitView;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The manager as the application's code has it, without any access check. */
@RequestScoped
@Path("manager")
@Produces(MediaType.TEXT_PLAIN)
public class ManagerResource {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Inject SynchronikManager manager;

  @GET
  public String units() {
    return manager.listUnits().stream()
        .map(unit -> unit.id().value())
        .collect(Collectors.joining("\n"));
  }

  @GET
  @Path("{unit}/completed")
  public String completed(@PathParam("unit") String id) {
    return Long.toString(unit(id).statistics().completed());
  }

  /** Returns what the latest completed run of a unit returned, as JSON. */
  @GET
  @Path("{unit}/result")
  public String result(@PathParam("unit") String id) {
    return manager.findRuns(RunQuery.LATEST.ofUnit(id).in(RunState.COMPLETED)).items().stream()
        .findFirst()
        .flatMap(run -> manager.getRunById(run.id().value()))
        .map(run -> run.execution().result().json())
        .orElse("none");
  }

  @GET
  @Path("{unit}/paused")
  public String paused(@PathParam("unit") String id) {
    return Boolean.toString(unit(id).control().paused());
  }

  /** Tells whether no run is in progress. */
  @GET
  @Path("quiet")
  public String quiet() {
    RunQuery query =
        RunQuery.LATEST.in(RunState.SUBMITTED, RunState.READY, RunState.WAITING, RunState.RUNNING);
    return Boolean.toString(manager.findRuns(query).items().isEmpty());
  }

  /** Runs a unit and answers with its state, its result and its id. */
  @POST
  @Path("{unit}/run")
  public String run(@PathParam("unit") String id, @Nullable @QueryParam("payload") String payload) {
    RunHandle run = manager.runWorkerById(id, payload);
    RunOutcome outcome = run.join(PATIENCE);
    return outcome.state() + "\n" + outcome.result().json() + "\n" + run.id();
  }

  @GET
  @Path("run/{run}")
  public String state(@PathParam("run") String id) {
    return manager.getRunById(id).map(run -> run.state().name()).orElse("unknown");
  }

  @POST
  @Path("{unit}/pause")
  public String pause(@PathParam("unit") String id) {
    manager.pause(id);
    return "paused";
  }

  @POST
  @Path("{unit}/resume")
  public String resume(@PathParam("unit") String id) {
    manager.resume(id);
    return "resumed";
  }

  private UnitView unit(String id) {
    return manager.getUnitById(id).orElseThrow();
  }
}
