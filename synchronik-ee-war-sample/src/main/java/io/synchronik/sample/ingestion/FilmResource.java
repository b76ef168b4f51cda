package io.synchronik.sample.ingestion;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Shows the films that were stored. */
@Path("films")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class FilmResource {
  @Inject FilmStore films;

  /** Lists all, by title. */
  @GET
  public List<StoredFilm.View> list() {
    return films.list();
  }
}
