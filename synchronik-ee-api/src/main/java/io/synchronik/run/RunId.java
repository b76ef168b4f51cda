package io.synchronik.run;

/**
 * The id of a run: a ULID, 26 characters, in the order of creation per node.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the value is empty or longer than 36
 * characters.
 *
 * @param value the text form
 */
public record RunId(String value) implements Comparable<RunId> {
  public RunId {
    if (value.isEmpty() || value.length() > 36) {
      throw new IllegalArgumentException("'" + value + "' is not a run id");
    }
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  /** Returns the bare value. */
  @Override
  public String toString() {
    return value;
  }
}
