package io.synchronik.sample.ingestion;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The list of films to ingest, from the file {@code film-ids.txt} in the WAR. */
final class FilmIds {
  private FilmIds() {}

  static List<String> read() throws IOException {
    var file = Objects.requireNonNull(FilmIds.class.getResourceAsStream("film-ids.txt"));
    try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    }
  }
}
