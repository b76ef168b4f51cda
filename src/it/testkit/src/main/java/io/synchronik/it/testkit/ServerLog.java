package io.synchronik.it.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines that a {@link WildFly} writes to its log from now on, each read once. */
final class ServerLog {
  private static final String TIME = "yyyy-MM-dd HH:mm:ss,SSS";
  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(TIME);
  private static final List<String> ERRORS =
      List.of("WFLYCTL0013", "WFLYCTL0186", "WFLYSRV0026", "WFLYSRV0056");

  private final Path file;
  private int linesRead;

  ServerLog(Path file) {
    this.file = file;
    this.linesRead = lines().size();
  }

  /**
   * Looks for a line behind those read so far.
   *
   * @return its time, null when there is none
   * @throws IllegalStateException if an operation of the server has failed
   */
  @Nullable LocalDateTime find(String... parts) {
    List<String> lines = lines();
    while (linesRead < lines.size()) {
      String line = lines.get(linesRead++);
      if (ERRORS.stream().anyMatch(line::contains)) {
        throw new IllegalStateException(line + "; see " + file);
      }
      if (List.of(parts).stream().allMatch(line::contains)) {
        return LocalDateTime.parse(line.substring(0, TIME.length()), FORMAT);
      }
    }
    return null;
  }

  private List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
