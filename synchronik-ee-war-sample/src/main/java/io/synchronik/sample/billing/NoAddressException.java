package io.synchronik.sample.billing;

/** Nobody knows where to send a customer's invoice. */
public class NoAddressException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoAddressException(String customer) {
    super("Customer " + customer + " has no address to send an invoice to");
  }
}
