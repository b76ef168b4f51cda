package io.synchronik.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed, as it is stored.
 *
 * @param type class name of the exception
 * @param message its message with those of its causes; bounded to 2,000 characters
 * @param stackTrace with causes; bounded to 16,000 characters
 * @param thrown the exception itself on the node where the attempt failed, null elsewhere and later
 */
public record Failure(String type, String message, String stackTrace, @Nullable Throwable thrown) {

  /** Returns the original exception, present only on the node where the attempt failed. */
  public Optional<Throwable> exception() {
    return Optional.ofNullable(thrown);
  }

  /** Returns type and message in one line. */
  @Override
  public String toString() {
    return message.isEmpty() ? type : type + ": " + message;
  }
}
