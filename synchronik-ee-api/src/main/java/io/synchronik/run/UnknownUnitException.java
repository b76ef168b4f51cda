package io.synchronik.run;

/** No unit of the application has the id. */
public final class UnknownUnitException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public UnknownUnitException(String message) {
    super(message);
  }
}
