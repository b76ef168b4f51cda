package io.synchronik.sample.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.run.ItemId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerTest {
  private final List<Customer> customers = Customer.fresh(500);

  private List<Customer> owing() {
    return customers.stream().filter(customer -> customer.balance().signum() > 0).toList();
  }

  private BigDecimal owed() {
    return customers.stream().map(Customer::balance).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void oweNothingBeforeTheyAreCharged() {
    assertThat(customers).extracting(Customer::id).hasSize(500).doesNotHaveDuplicates();
    assertThat(owing()).isEmpty();
  }

  @Test
  void areInvoicedOnceForWhatTheyOwe() {
    customers.forEach(Customer::charge);
    BigDecimal before = owed();
    List<Customer> owing = owing();
    List<BigDecimal> invoiced = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Customer customer : owing) {
      try {
        ItemId item = new ItemId(1, invoiced.size() + 1);
        invoiced.add(new Invoice(item, customer, Instant.EPOCH).view().amount());
      } catch (NoAddressException e) {
        refused.add(e.getMessage());
      }
    }

    assertThat(owing).hasSize(450);
    assertThat(invoiced).hasSize(437).allMatch(amount -> amount.signum() > 0);
    assertThat(refused).hasSize(13).allMatch(text -> text.contains("has no address"));
    assertThat(owing()).hasSize(13);
    assertThat(invoiced.stream().reduce(BigDecimal.ZERO, BigDecimal::add).add(owed()))
        .isEqualTo(before);
  }

  @Test
  void oweNothingAfterTheirInvoice() {
    Customer customer = customers.get(0);
    customer.charge();

    assertThat(customer.settle()).isEqualTo(new BigDecimal("89.19"));
    assertThat(customer.balance()).isEqualTo(BigDecimal.ZERO);
    assertThatThrownBy(customer::settle)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("C0001")
        .hasMessageContaining("owes nothing any more");
  }

  @Test
  void oweForSeveralMonths() {
    Customer customer = customers.get(0);
    customer.charge();
    customer.charge();

    assertThat(customer.balance()).isEqualTo(new BigDecimal("178.38"));
  }
}
