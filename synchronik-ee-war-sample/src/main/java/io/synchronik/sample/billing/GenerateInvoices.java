package io.synchronik.sample.billing;

import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * Bills every customer with a balance. The invoice, the balance and the item's completion are one
 * commit; a customer that cannot be billed fails alone.
 */
// tag::items[]
@Worker(id = GenerateInvoices.ID, name = "Generate Invoices")
public class GenerateInvoices implements ItemWork<GenerateInvoices.BillCustomer, Invoice.View> {
  static final String ID = "generate-invoices";

  @Inject Ledger ledger;

  /** What an item is about. */
  public record BillCustomer(String customer) {}

  @Override
  public void enumerate(Items<BillCustomer> items, RunContext run) {
    ledger.due().forEach(customer -> items.add(customer, new BillCustomer(customer)));
  }

  @Override
  @Transactional
  public Invoice.View process(BillCustomer bill, ItemContext item) {
    return ledger.invoice(bill.customer(), item.id());
  }

  @Override
  public ItemPolicy policy() {
    return ItemPolicy.continueOnFailure();
  }
}
// end::items[]
