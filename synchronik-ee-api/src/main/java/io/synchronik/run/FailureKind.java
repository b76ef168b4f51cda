package io.synchronik.run;

import java.time.Instant;

/**
 * Failures of the same kind: of one type, with messages that are the same but for numbers, quoted
 * parts and ids.
 *
 * @param group stands for them: 16 hexadecimal digits that are the same in all runs, nodes and
 *     applications, or {@link #OTHER}
 * @param type of the latest of them: class name of the exception
 * @param message of the latest of them, its first 500 characters
 * @param count how many there are
 * @param first when the first of them happened
 * @param last when the latest of them happened
 */
public record FailureKind(
    String group, String type, String message, long count, Instant first, Instant last) {
  /** The group of what failed before an update that brought groups. */
  public static final String OTHER = "other";

  /**
   * Returns a text when it may be a group.
   *
   * @throws IllegalArgumentException if it is neither 16 hexadecimal digits, in lower case, nor
   *     {@link #OTHER}
   */
  public static String group(String text) {
    if (!text.equals(OTHER) && !text.matches("[0-9a-f]{16}")) {
      throw new IllegalArgumentException("group must be 16 hexadecimal digits, or 'other'");
    }
    return text;
  }
}
