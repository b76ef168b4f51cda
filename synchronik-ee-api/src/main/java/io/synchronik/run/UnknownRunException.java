package io.synchronik.run;

/** No run of the application has the id: it was never committed, or retention removed it. */
public final class UnknownRunException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public UnknownRunException(String message) {
    super(message);
  }
}
