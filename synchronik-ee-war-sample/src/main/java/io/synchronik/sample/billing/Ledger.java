package io.synchronik.sample.billing;

import io.synchronik.item.ItemSummary;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Customers, invoices and billings in the application's own tables. */
@ApplicationScoped
class Ledger {
  private static final int CUSTOMERS = 500;
  private static final int SHOWN = 20;

  @PersistenceContext EntityManager entities;

  /** Makes the customers when there are none. */
  @Transactional
  void open() {
    if (count("Customer x") == 0) {
      List<Customer> customers = Customer.fresh(CUSTOMERS);
      customers.forEach(Customer::charge);
      customers.forEach(entities::persist);
    }
  }

  /** Charges all customers for another month and looks at those on hold again. */
  @Transactional
  void charge() {
    entities
        .createQuery("select c from Customer c order by c.id", Customer.class)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList()
        .forEach(Customer::charge);
  }

  /** Enters the addresses that are missing; returns how many these are. */
  @Transactional
  int enterAddresses() {
    return entities
        .createQuery(
            "update Customer c set c.address = concat(c.id, ' Main Street') where c.address is"
                + " null")
        .executeUpdate();
  }

  /** Returns the customers to bill. */
  @Transactional
  List<String> due() {
    return entities
        .createQuery(
            "select c.id from Customer c where c.balance > 0 and c.onHold = false order by c.id",
            String.class)
        .getResultList();
  }

  /**
   * Makes out an invoice over what a customer owes.
   *
   * @throws NoAddressException if nobody knows where to send it
   * @throws IllegalStateException if the customer owes nothing
   */
  @Transactional(Transactional.TxType.MANDATORY)
  Invoice.View invoice(String id, ItemId item) {
    Customer customer =
        Objects.requireNonNull(
            entities.find(Customer.class, id, LockModeType.PESSIMISTIC_WRITE), id);
    Invoice invoice = new Invoice(item, customer, Instant.now());
    entities.persist(invoice);
    return invoice.view();
  }

  /**
   * Ends a billing. It counts the invoices that no other has counted, those of a billing that was
   * cancelled included; who could not be billed is put on hold.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  BillingSummary.View close(RunId billing, ItemSummary items) {
    int invoices =
        entities
            .createQuery("update Invoice i set i.billing = :billing where i.billing is null")
            .setParameter("billing", billing.value())
            .executeUpdate();
    entities
        .createQuery(
            "update Customer c set c.onHold = true where c.balance > 0 and c.address is null")
        .executeUpdate();
    BigDecimal total =
        entities
            .createQuery(
                "select sum(i.amount) from Invoice i where i.billing = :billing", BigDecimal.class)
            .setParameter("billing", billing.value())
            .getSingleResult();
    BillingSummary summary =
        new BillingSummary(billing, invoices, orZero(total), items, Instant.now());
    entities.persist(summary);
    return summary.view();
  }

  /**
   * How the books stand.
   *
   * @param customers all of them
   * @param due how many are to be billed
   * @param onHold how many are left alone
   * @param invoices all that were ever made out
   * @param balance owed by all customers together
   * @param billings the latest ones, newest first
   */
  public record Standing(
      long customers,
      long due,
      long onHold,
      long invoices,
      BigDecimal balance,
      List<BillingSummary.View> billings) {}

  @Transactional
  Standing standing() {
    return new Standing(
        count("Customer x"),
        count("Customer x where x.balance > 0 and x.onHold = false"),
        count("Customer x where x.onHold = true"),
        count("Invoice x"),
        orZero(
            entities
                .createQuery("select sum(c.balance) from Customer c", BigDecimal.class)
                .getSingleResult()),
        entities
            .createQuery(
                "select b from BillingSummary b order by b.madeAt desc", BillingSummary.class)
            .setMaxResults(SHOWN)
            .getResultStream()
            .map(BillingSummary::view)
            .toList());
  }

  /** The sum of nothing is null. */
  private static BigDecimal orZero(@Nullable BigDecimal sum) {
    return sum == null ? BigDecimal.ZERO : sum;
  }

  private long count(String what) {
    return entities.createQuery("select count(x) from " + what, Long.class).getSingleResult();
  }

  /** Returns the invoices that a billing counts. */
  @Transactional
  List<Invoice.View> invoices(String billing) {
    return entities
        .createQuery(
            "select i from Invoice i where i.billing = :billing order by i.customer", Invoice.class)
        .setParameter("billing", billing)
        .getResultStream()
        .map(Invoice::view)
        .toList();
  }
}
