package io.synchronik.it.servers.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@RequestScoped
@Path("notes")
public class NotesResource {
  @Inject Notes notes;

  @GET
  @Produces(MediaType.TEXT_PLAIN)
  public String all() {
    return String.join("\n", notes.all());
  }
}
