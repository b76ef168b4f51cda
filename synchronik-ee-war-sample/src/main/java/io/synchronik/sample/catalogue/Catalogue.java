package io.synchronik.sample.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The films that the catalogue knows. Immutable. */
final class Catalogue {

  /**
   * A film and how long the catalogue takes to answer.
   *
   * @param film the film
   * @param delay zero for all but the slow ones
   */
  record Entry(Film film, Duration delay) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Returns the catalogue of the file {@code films.tsv} next to this class. */
  static Catalogue bundled() {
    var file = Objects.requireNonNull(Catalogue.class.getResourceAsStream("films.tsv"));
    try (Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      return read(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads lines of id, title, year, director and perhaps a delay, separated by tabs. */
  static Catalogue read(Reader text) {
    var catalogue = new Catalogue();
    new BufferedReader(text)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Catalogue::parse)
        .forEach(entry -> catalogue.entries.put(entry.film().id(), entry));
    return catalogue;
  }

  private static Entry parse(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length < 4 || fields.length > 5) {
      throw new IllegalArgumentException("not a line of the catalogue: " + line);
    }
    long millis = fields.length == 5 ? Long.parseLong(fields[4]) : 0;
    return new Entry(
        new Film(fields[0], fields[1], Integer.parseInt(fields[2]), fields[3]),
        Duration.ofMillis(millis));
  }

  Optional<Entry> find(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  int size() {
    return entries.size();
  }
}
