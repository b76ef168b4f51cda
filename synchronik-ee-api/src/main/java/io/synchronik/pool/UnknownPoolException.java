package io.synchronik.pool;

import io.synchronik.run.SynchronikException;

/**
 * No pool of the application has the name: it was never created, or its transaction was rolled
 * back.
 */
public final class UnknownPoolException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public UnknownPoolException(String message) {
    super(message);
  }
}
