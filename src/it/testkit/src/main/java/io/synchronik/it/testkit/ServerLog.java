package io.synchronik.it.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines that a {@link WildFly} prints from now on, each read once. They are read from its
 * console, as the log file becomes another one at midnight.
 */
final class ServerLog {
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d:\\d\\d,\\d\\d\\d");
  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("HH:mm:ss,SSS");
  private static final List<String> ERRORS =
      List.of("WFLYCTL0013", "WFLYCTL0186", "WFLYSRV0026", "WFLYSRV0056");

  private final Path console;
  private int read;

  ServerLog(Path console) {
    this.console = console;
    this.read = text().length();
  }

  /**
   * Looks for a line behind those read so far.
   *
   * @return its time, null when there is none
   * @throws IllegalStateException if an operation of the server has failed
   */
  @Nullable LocalTime find(String... parts) {
    String text = text();
    for (int end = text.indexOf('\n', read); end >= 0; end = text.indexOf('\n', read)) {
      String line = text.substring(read, end);
      read = end + 1;
      if (ERRORS.stream().anyMatch(line::contains)) {
        throw new IllegalStateException(line + "; see " + console);
      }
      Matcher time = TIME.matcher(line);
      if (List.of(parts).stream().allMatch(line::contains) && time.find()) {
        return LocalTime.parse(time.group(), FORMAT);
      }
    }
    return null;
  }

  private String text() {
    try {
      return Files.exists(console) ? Files.readString(console, ISO_8859_1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
