package io.synchronik.sample.lecture;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import org.eclipse.microprofile.config.Config;

/** Shows the notes of the latest lecture. */
@Path("lecture")
@Produces("text/plain;charset=UTF-8")
@RequestScoped
public class LectureResource {
  @Inject Config config;

  /** Returns the file; 404 before the first lecture. */
  @GET
  public String notes() throws IOException {
    return LectureNotes.of(config).read().orElseThrow(NotFoundException::new);
  }
}
