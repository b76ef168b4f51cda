package io.synchronik.sample.lecture;

import java.util.Locale;

/**
 * What a step of the lecture has calculated.
 *
 * @param name what it is
 * @param formula how it was calculated
 * @param value the result
 * @param unit of the value
 */
public record Quantity(String name, String formula, double value, String unit) {
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s: %s = %.2f %s", name, formula, value, unit);
  }
}
