package io.synchronik.run;

import org.jspecify.annotations.Nullable;

/**
 * A payload cannot be written as JSON, is larger than allowed ({@code synchronik.payload-limit}),
 * or does not fit the type that was asked for. Nothing was stored or announced.
 */
public final class InvalidPayloadException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message numbered, with what was wrong
   * @param cause what JSON-B said, null when it was not asked
   */
  public InvalidPayloadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
