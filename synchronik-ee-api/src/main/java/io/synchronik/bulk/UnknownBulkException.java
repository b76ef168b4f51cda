package io.synchronik.bulk;

import io.synchronik.run.SynchronikException;

/** No bulk action has the id: it was never committed, or retention removed it. */
public final class UnknownBulkException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public UnknownBulkException(String message) {
    super(message);
  }
}
