package io.synchronik.it.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Columns of figures under headings, as text. */
final class Table {
  private static final int LABEL = 44;
  private static final int COLUMN = 14;

  private final StringBuilder text = new StringBuilder();

  /** Adds a line as it is. */
  Table line(String line) {
    text.append(line).append(System.lineSeparator());
    return this;
  }

  /** Adds a label and its cells. */
  Table row(String label, List<String> cells) {
    text.append(String.format(Locale.ROOT, "%-" + LABEL + "s", label));
    cells.forEach(cell -> text.append(String.format(Locale.ROOT, "%" + COLUMN + "s", cell)));
    return line("");
  }

  /** Adds a label and a cell for each of some things. */
  <T> Table row(String label, List<T> things, Function<T, String> cell) {
    List<String> cells = new ArrayList<>();
    things.forEach(thing -> cells.add(cell.apply(thing)));
    return row(label, cells);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
