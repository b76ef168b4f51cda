package io.synchronik.sample.billing;

import io.synchronik.item.ItemSummary;
import io.synchronik.run.RunId;
import io.synchronik.sample.database.InstantColumn;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;

/** What one billing came to. */
@Entity
@Table(name = "sample_billing")
public class BillingSummary {
  /** The run of the process. */
  @Id private String run;

  @Column(nullable = false)
  private long invoices;

  @Column(nullable = false)
  private long failed;

  @Column(nullable = false)
  private BigDecimal total;

  @Convert(converter = InstantColumn.class)
  @Column(name = "made_at", nullable = false)
  private Instant madeAt;

  protected BillingSummary() {}

  BillingSummary(RunId run, long invoices, BigDecimal total, ItemSummary items, Instant now) {
    this.run = run.value();
    this.invoices = invoices;
    failed = items.failed();
    this.total = total;
    madeAt = now;
  }

  /**
   * What is told about a billing.
   *
   * @param run id of the run of the process
   * @param invoices how many invoices it counts
   * @param failed how many customers could not be billed
   * @param total of the invoices
   * @param madeAt when
   */
  public record View(String run, long invoices, long failed, BigDecimal total, Instant madeAt) {
    @Override
    public String toString() {
      return "%d invoices, %s in total; %d customers could not be billed"
          .formatted(invoices, total.toPlainString(), failed);
    }
  }

  View view() {
    return new View(run, invoices, failed, total, madeAt);
  }
}
