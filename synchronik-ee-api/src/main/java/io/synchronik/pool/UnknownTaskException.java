package io.synchronik.pool;

import io.synchronik.run.SynchronikException;

/** The pool has no task with the id: it was never committed, or retention removed it. */
public final class UnknownTaskException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public UnknownTaskException(String message) {
    super(message);
  }
}
