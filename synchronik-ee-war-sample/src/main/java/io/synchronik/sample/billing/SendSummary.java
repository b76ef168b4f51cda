package io.synchronik.sample.billing;

import io.synchronik.item.ItemSummary;
import io.synchronik.run.RunId;
import io.synchronik.sample.EarlierStep;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger.Level;

/** Writes down what a billing came to, in one commit with the end of this run. */
// tag::summary[]
@Transactional
@Worker(id = "send-summary", name = "Send Summary")
public class SendSummary implements Work<BillingSummary.View> {
  private static final System.Logger LOG = System.getLogger("sample");

  @Inject Ledger ledger;

  @Override
  public BillingSummary.View run(RunContext run) {
    ItemSummary items = EarlierStep.result(run, GenerateInvoices.ID, ItemSummary.class);
    RunId billing = run.process().orElseThrow();
    BillingSummary.View summary = ledger.close(billing, items);
    LOG.log(Level.INFO, "Billing {0}: {1}", billing, summary);
    return summary;
  }
}
// end::summary[]
