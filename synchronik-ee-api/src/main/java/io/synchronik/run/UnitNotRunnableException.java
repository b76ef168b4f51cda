package io.synchronik.run;

/**
 * The unit is disabled, paused or not known to any node, and the call did not force it. Nothing was
 * recorded.
 */
public final class UnitNotRunnableException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public UnitNotRunnableException(String message) {
    super(message);
  }
}
