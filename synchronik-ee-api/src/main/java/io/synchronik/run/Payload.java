package io.synchronik.run;

import org.jspecify.annotations.Nullable;

/**
 * A value as JSON: what a run was given, its result, or a milestone's payload. Immutable and
 * independent of the class that it was written from; unknown properties are passed over when it is
 * read.
 */
public interface Payload {
  /** Returns the JSON text; null when there is no value. */
  @Nullable String json();

  /**
   * Reads the value.
   *
   * @param type any type that JSON-B can read, records included
   * @param <T> that type
   * @return the value; null when there is none
   * @throws InvalidPayloadException if the JSON does not fit the type
   */
  <T> @Nullable T as(Class<T> type);
}
