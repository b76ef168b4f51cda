package io.synchronik.node;

import io.synchronik.run.SynchronikException;

/** No node of the application has the incarnation: it was stopped, or others took over from it. */
public final class UnknownNodeException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public UnknownNodeException(String message) {
    super(message);
  }
}
