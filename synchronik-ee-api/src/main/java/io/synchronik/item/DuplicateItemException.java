package io.synchronik.item;

import io.synchronik.run.SynchronikException;

/**
 * The run has an item with the same key already, or another run has one and keys are unique beyond
 * their run. Nothing was added.
 */
public final class DuplicateItemException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public DuplicateItemException(String message) {
    super(message);
  }
}
