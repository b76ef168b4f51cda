package io.synchronik.bulk;

import io.synchronik.run.SynchronikException;

/** A bulk action means others than whoever asks for it expects. Nothing was done. */
public final class BulkCountException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /** How many were expected. */
  private final long expected;

  /** How many there are. */
  private final long actual;

  /**
   * Creates the exception.
   *
   * @param message numbered, with both counts
   * @param expected how many were expected
   * @param actual how many there are
   */
  public BulkCountException(String message, long expected, long actual) {
    super(message);
    this.expected = expected;
    this.actual = actual;
  }

  /** Returns how many were expected. */
  public long expected() {
    return expected;
  }

  /** Returns how many there are. */
  public long actual() {
    return actual;
  }
}
