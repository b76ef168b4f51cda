package io.synchronik.run;

/**
 * How far a piece of work has come.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range.
 *
 * @param completed pieces done, failures included; not negative
 * @param total all pieces; not below {@code completed}, or 0 when it is not known
 */
public record Progress(long completed, long total) {
  public Progress {
    if (completed < 0 || (total != 0 && total < completed)) {
      throw new IllegalArgumentException("progress of " + completed + " in " + total);
    }
  }

  /** Returns the percentage, 0 to 100; 0 when the total is not known. */
  public double percentage() {
    return total == 0 ? 0 : 100.0 * completed / total;
  }
}
