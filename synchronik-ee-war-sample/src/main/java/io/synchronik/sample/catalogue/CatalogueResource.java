package io.synchronik.sample.catalogue;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The catalogue over HTTP. One film is slow and unknown ones are answered with 404. */
@Path("catalogue")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class CatalogueResource {
  private final Catalogue catalogue = Catalogue.bundled();

  @Resource private ManagedScheduledExecutorService timer;

  /** Tells how many films there are; also answers whether the catalogue is there at all. */
  @GET
  public Map<String, Integer> size() {
    return Map.of("films", catalogue.size());
  }

  /** Returns one film. */
  @GET
  @Path("films/{id}")
  public CompletionStage<Response> film(@PathParam("id") String id) {
    Optional<Catalogue.Entry> found = catalogue.find(id);
    if (found.isEmpty()) {
      Response unknown = Response.status(404).entity(Map.of("error", "no film " + id)).build();
      return CompletableFuture.completedStage(unknown);
    }
    Catalogue.Entry entry = found.get();
    Response answer = Response.ok(entry.film()).build();
    if (entry.delay().isZero()) {
      return CompletableFuture.completedStage(answer);
    }
    CompletableFuture<Response> later = new CompletableFuture<>();
    var unused =
        timer.schedule(
            () -> later.complete(answer), entry.delay().toMillis(), TimeUnit.MILLISECONDS);
    return later;
  }
}
