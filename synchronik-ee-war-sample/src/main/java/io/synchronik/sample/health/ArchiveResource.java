package io.synchronik.sample.health;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A target that is down (503) for as long as {@code sample.archive.down} is true. */
@Path("archive")
@Produces(MediaType.TEXT_PLAIN)
@RequestScoped
public class ArchiveResource {
  @Inject
  @ConfigProperty(name = "sample.archive.down")
  Provider<Boolean> down;

  /** Answers 200 or 503. */
  @GET
  public Response state() {
    return down.get()
        ? Response.status(503).entity("down for maintenance").build()
        : Response.ok("open").build();
  }
}
