package io.synchronik.sample.billing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A customer and what it owes. */
@Entity
@Table(name = "sample_customer")
public class Customer {
  private static final List<String> FIRST =
      List.of(
          "Ada", "Bjørn", "Chiara", "Dmitri", "Elif", "Fatou", "Goran", "Hanna", "Iker", "Jun",
          "Kofi");
  private static final List<String> LAST =
      List.of("Adeyemi", "Berg", "Costa", "Dahl", "Eriksen", "Fischer", "Garcia");

  /** Each tenth one owes nothing, so that there is somebody to pass over. */
  private static final int OWING_NOTHING = 10;

  /** One in so many has no address. */
  private static final int WITHOUT_ADDRESS = 40;

  @Id private String id;

  @Column(nullable = false)
  private String name;

  /** Where invoices are sent; null when nobody knows. */
  private @Nullable String address;

  @Column(nullable = false)
  private BigDecimal balance;

  /** Whether it is left alone until somebody has looked at it. */
  @Column(name = "on_hold", nullable = false)
  private boolean onHold;

  protected Customer() {}

  private Customer(int number) {
    id = "C%04d".formatted(number);
    name = FIRST.get(number % FIRST.size()) + " " + LAST.get(number / FIRST.size() % LAST.size());
    address = moves(number) ? null : number + " Main Street";
    balance = BigDecimal.ZERO;
  }

  /** Makes customers that owe nothing yet. */
  static List<Customer> fresh(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Customer::new).toList();
  }

  /** Takes in what it has used in a month; some move without saying where. */
  void charge() {
    int number = Integer.parseInt(id.substring(1));
    if (number % OWING_NOTHING != 0) {
      balance = balance.add(BigDecimal.valueOf(number * 7919L % 90_000 + 1000, 2));
    }
    if (moves(number)) {
      address = null;
    }
    onHold = false;
  }

  private static boolean moves(int number) {
    return number % WITHOUT_ADDRESS == 7;
  }

  /**
   * Takes the balance to be invoiced; nothing is owed then.
   *
   * @throws NoAddressException if nobody knows where to send an invoice
   * @throws IllegalStateException if it owes nothing
   */
  BigDecimal settle() {
    if (address == null) {
      throw new NoAddressException(id);
    }
    if (balance.signum() <= 0) {
      throw new IllegalStateException("Customer " + id + " owes nothing any more");
    }
    BigDecimal owed = balance;
    balance = BigDecimal.ZERO;
    return owed;
  }

  String id() {
    return id;
  }

  BigDecimal balance() {
    return balance;
  }
}
