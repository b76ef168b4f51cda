package io.synchronik.impl.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * What work that succeeded has produced.
 *
 * @param result as JSON, null when there is none
 * @param choices ids of the successors that the result lets run, with blanks between; null when no
 *     condition was asked
 */
public record Produced(@Nullable String result, @Nullable String choices) {
  /** Nothing. */
  public static final Produced NOTHING = new Produced(null, null);
}
