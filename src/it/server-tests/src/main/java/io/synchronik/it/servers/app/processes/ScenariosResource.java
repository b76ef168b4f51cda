package io.synchronik.it.servers.app.processes;

import io.synchronik.SynchronikManager;
import io.synchronik.it.scenarios.Scenarios;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Plays scenarios inside the application. */
@RequestScoped
@Path("scenarios")
@Produces(MediaType.TEXT_PLAIN)
public class ScenariosResource {
  static final String PASSED = "passed";

  @Inject SynchronikManager manager;

  /** Answers whether a scenario passed, or with the trace of what it threw. */
  @POST
  @Path("{name}")
  public String play(@PathParam("name") String name) {
    try {
      Scenarios.play(name, manager);
      return PASSED;
    } catch (Exception | AssertionError e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return trace.toString();
    }
  }
}
