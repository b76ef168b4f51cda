package io.synchronik.it.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Directories that are gone after the JVM. */
final class Scratch {
  private static final String PREFIX = "synchronik-";

  private Scratch() {}

  static Path create(String name, Runnable beforeItIsDeleted) {
    try {
      Path directory = Files.createTempDirectory(PREFIX + name + "-");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      beforeItIsDeleted.run();
                    } finally {
                      delete(directory);
                    }
                  },
                  PREFIX + name + "-end"));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns directories whose name was this one and the id of a JVM that is gone. */
  static List<Path> leftBehind(String name) {
    Pattern pattern = Pattern.compile(PREFIX + name + "(\\d+)-.*");
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(
              file -> {
                Matcher matcher = pattern.matcher(file.getFileName().toString());
                return matcher.matches()
                    && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty();
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
