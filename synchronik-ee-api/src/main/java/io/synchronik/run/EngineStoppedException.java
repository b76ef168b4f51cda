package io.synchronik.run;

/** The engine of this node is not running. */
public final class EngineStoppedException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public EngineStoppedException(String message) {
    super(message);
  }
}
