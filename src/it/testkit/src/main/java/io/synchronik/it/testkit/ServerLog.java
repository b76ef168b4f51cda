package io.synchronik.it.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
  private static final int SHOWN = 40;

  private final Path console;
  private int read;

  ServerLog(Path console) {
    this.console = console;
    this.read = text().length();
  }

  /**
   * Waits for a line behind those read so far.
   *
   * @param process who writes it
   * @param patience how long
   * @param parts what the line contains
   * @return its time
   * @throws AssertionError if it does not come, the process ends or an operation of the server
   *     fails; with the last lines
   */
  LocalTime await(Process process, Duration patience, String... parts) {
    AtomicReference<@Nullable LocalTime> found = new AtomicReference<>();
    Await.until(
        patience,
        () -> "No line has come with " + List.of(parts) + tail(),
        () -> {
          boolean alive = process.isAlive();
          LocalTime time = find(parts);
          found.set(time);
          if (time == null && !alive) {
            throw new IllegalStateException(
                "The server has ended with %d, without a line with %s%s"
                    .formatted(process.exitValue(), List.of(parts), tail()));
          }
          return time != null;
        });
    LocalTime time = found.get();
    if (time == null) {
      throw new AssertionError("The line with " + List.of(parts) + " was lost" + tail());
    }
    return time;
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
        throw new IllegalStateException(line + tail());
      }
      Matcher time = TIME.matcher(line);
      if (List.of(parts).stream().allMatch(line::contains) && time.find()) {
        return LocalTime.parse(time.group(), FORMAT);
      }
    }
    return null;
  }

  /** Returns where the log is, and its last lines. */
  private String tail() {
    List<String> lines = text().lines().toList();
    return "; the end of %s:%n%s"
        .formatted(
            console,
            String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size())));
  }

  private String text() {
    try {
      return Files.exists(console) ? Files.readString(console, ISO_8859_1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
