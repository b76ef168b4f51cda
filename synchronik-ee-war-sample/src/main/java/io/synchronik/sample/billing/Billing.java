package io.synchronik.sample.billing;

import io.synchronik.process.Process;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Bills the customers, then says what it came to. */
@ApplicationScoped
public class Billing {
  // tag::process[]
  @Produces
  Process billing() {
    return Process.named("billing")
        .name("Monthly Billing")
        .description("Makes out an invoice for every customer with a balance")
        .sequential()
        .workers(GenerateInvoices.class, SendSummary.class)
        .build();
  }
  // end::process[]
}
