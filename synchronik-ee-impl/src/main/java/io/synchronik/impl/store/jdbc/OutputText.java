package io.synchronik.impl.store.jdbc;

import io.synchronik.run.OutputLine;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lines of output as one text: a line each, its parts between tabs. */
public final class OutputText {
  private static final String NO_LEVEL = "";

  private OutputText() {}

  /** Writes lines; their numbers are not written. */
  public static String write(List<OutputLine> lines) {
    StringBuilder text = new StringBuilder();
    for (OutputLine line : lines) {
      Level level = line.level();
      text.append(line.at().toEpochMilli())
          .append('\t')
          .append(level == null ? NO_LEVEL : level.name())
          .append('\t')
          .append(escaped(line.logger()))
          .append('\t')
          .append(escaped(line.text()))
          .append('\n');
    }
    return text.toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param first number of the first line
   */
  public static List<OutputLine> read(String text, long first) {
    List<OutputLine> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] parts = line.split("\t", -1);
      if (parts.length == 4) {
        lines.add(
            new OutputLine(
                first + lines.size(),
                Instant.ofEpochMilli(Long.parseLong(parts[0])),
                parts[1].equals(NO_LEVEL) ? null : Level.valueOf(parts[1]),
                plain(parts[2]),
                plain(parts[3])));
      }
    }
    return lines;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  private static String plain(String escaped) {
    StringBuilder plain = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\' && i + 1 < escaped.length()) {
        i++;
        plain.append(
            switch (escaped.charAt(i)) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> escaped.charAt(i);
            });
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
