package io.synchronik.run;

/**
 * A unit's definition is wrong. The message lists all that is wrong with it; nothing was
 * registered.
 */
public final class InvalidDefinitionException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public InvalidDefinitionException(String message) {
    super(message);
  }
}
