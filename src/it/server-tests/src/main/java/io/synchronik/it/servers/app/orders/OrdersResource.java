package io.synchronik.it.servers.app.orders;

import io.synchronik.SynchronikManager;
import io.synchronik.run.RunHandle;
import io.synchronik.run.UnknownRunException;
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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

@RequestScoped
@Path("orders")
@Produces(MediaType.TEXT_PLAIN)
public class OrdersResource {
  @Inject SynchronikManager manager;
  @Inject Checkout checkout;
  @Inject Orders orders;

  @GET
  public String numbers() {
    return String.join("\n", orders.numbers());
  }

  /** Places an order and answers with what became of the run for its bill. */
  @POST
  @Path("{number}")
  public String place(@PathParam("number") String number, @QueryParam("payable") boolean payable) {
    AtomicReference<RunHandle> requested = new AtomicReference<>();
    try {
      checkout.place(number, payable, requested);
    } catch (IllegalStateException e) {
      manager.runLoopOnce();
    }
    RunHandle run = Objects.requireNonNull(requested.get());
    try {
      return run.join(Duration.ofSeconds(20)).state().name();
    } catch (UnknownRunException e) {
      return "gone";
    }
  }
}
