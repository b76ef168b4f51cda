package io.synchronik.sample.billing;

import io.synchronik.sample.SampleUsers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the books to everybody; an admin lets another month pass and mends what is missing. */
@Path("billing")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class BillingResource {
  @Inject Ledger ledger;

  /** Shows how the books stand. */
  @GET
  public Ledger.Standing standing() {
    return ledger.standing();
  }

  /** Lists the invoices that a billing counts. */
  @GET
  @Path("{run}/invoices")
  public List<Invoice.View> invoices(@PathParam("run") String run) {
    return ledger.invoices(run);
  }

  /** Charges the customers for another month. */
  @POST
  @Path("charges")
  public Ledger.Standing charge(
      @HeaderParam(SampleUsers.OWN_HEADER) @Nullable String header,
      @Context SecurityContext caller) {
    SampleUsers.requireAdmin(caller, header);
    ledger.charge();
    return ledger.standing();
  }

  /**
   * How many addresses were entered.
   *
   * @param entered those that were missing
   */
  public record Addresses(int entered) {}

  /** Enters the addresses that are missing: what failed for them can be tried again. */
  @POST
  @Path("addresses")
  public Addresses enterAddresses(
      @HeaderParam(SampleUsers.OWN_HEADER) @Nullable String header,
      @Context SecurityContext caller) {
    SampleUsers.requireAdmin(caller, header);
    return new Addresses(ledger.enterAddresses());
  }
}
