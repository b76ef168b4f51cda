package io.synchronik.run;

import org.jspecify.annotations.Nullable;

/**
 * The root of what the engine throws at its callers. Each message begins with its number, {@code
 * SYNC-nnnn}.
 */
public class SynchronikException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   */
  public SynchronikException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message numbered, with what was wrong
   * @param cause what led to it
   */
  public SynchronikException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
