package io.synchronik.unit;

import java.util.regex.Pattern;

/**
 * The id of a unit, unique over the workers and processes of one application.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the value has another form; the
 * message quotes it.
 *
 * @param value 1 to 128 characters of letters, digits, {@code .}, {@code _}, {@code -}, {@code :}
 */
public record UnitId(String value) implements Comparable<UnitId> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  public UnitId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is not a unit id: 1 to 128 of letters, digits, '.', '_', '-', ':'");
    }
  }

  /**
   * Tells whether a text has the form of a unit id.
   *
   * @param value any text
   * @return whether {@link UnitId} takes it
   */
  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public int compareTo(UnitId other) {
    return value.compareTo(other.value);
  }

  /** Returns the bare value. */
  @Override
  public String toString() {
    return value;
  }
}
