package io.synchronik.it.servers.app.start;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;

@RequestScoped
@Path("sequence")
@Produces(MediaType.TEXT_PLAIN)
public class SequenceResource {
  @GET
  public String all() {
    return String.join("\n", Sequence.all());
  }

  /** Lists the plugin's threads of all applications. */
  @GET
  @Path("threads")
  public String threads() {
    List<String> names =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.toLowerCase(Locale.ROOT).contains("synchronik"))
            .sorted()
            .toList();
    return String.join("\n", names);
  }
}
