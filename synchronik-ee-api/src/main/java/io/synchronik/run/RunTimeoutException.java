package io.synchronik.run;

/** A wait for a run's outcome took longer than allowed. The run itself goes on. */
public final class RunTimeoutException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public RunTimeoutException(String message) {
    super(message);
  }
}
