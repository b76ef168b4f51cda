package io.synchronik.item;

import io.synchronik.run.SynchronikException;

/**
 * No item of the application has the id: its transaction was rolled back, or retention removed it.
 */
public final class UnknownItemException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public UnknownItemException(String message) {
    super(message);
  }
}
