package io.synchronik.sample.billing;

import io.synchronik.run.ItemId;
import io.synchronik.sample.database.InstantColumn;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An invoice. Its number is the id of the item that made it out. */
@Entity
@Table(name = "sample_invoice")
public class Invoice {
  @Id
  @Column(name = "invoice_number")
  private String number;

  @Column(nullable = false)
  private String customer;

  @Column(nullable = false)
  private BigDecimal amount;

  /** The billing whose summary counts it; null before there is one. */
  private @Nullable String billing;

  @Convert(converter = InstantColumn.class)
  @Column(name = "issued_at", nullable = false)
  private Instant issuedAt;

  protected Invoice() {}

  Invoice(ItemId item, Customer customer, Instant now) {
    number = item.toString();
    this.customer = customer.id();
    amount = customer.settle();
    issuedAt = now;
  }

  /**
   * What is told about an invoice.
   *
   * @param number of the invoice
   * @param customer who owes
   * @param amount how much
   * @param billing run of the billing whose summary counts it, null before there is one
   */
  public record View(String number, String customer, BigDecimal amount, @Nullable String billing) {}

  View view() {
    return new View(number, customer, amount, billing);
  }
}
