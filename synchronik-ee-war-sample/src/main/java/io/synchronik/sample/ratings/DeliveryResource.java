package io.synchronik.sample.ratings;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Shows what became of the latest deliveries. */
@Path("deliveries")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class DeliveryResource {
  @Inject Deliveries deliveries;

  /** Lists them, newest first. */
  @GET
  public List<Delivery.View> list() {
    return deliveries.latest();
  }
}
