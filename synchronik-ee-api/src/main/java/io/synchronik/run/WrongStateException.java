package io.synchronik.run;

/** What was asked for is not possible in the present state. Nothing was changed. */
public final class WrongStateException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public WrongStateException(String message) {
    super(message);
  }
}
