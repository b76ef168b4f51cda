package io.synchronik.impl.tx;

/**
 * A transaction holds what it should have come to later: begun anew, it takes its locks in order.
 */
public final class OutOfOrder extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutOfOrder() {
    super("locks were taken out of their order", null, false, false);
  }
}
