package io.synchronik.impl.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What of a worker's attempts is kept as their output. */
public enum OutputLevel {
  /** Nothing. */
  OFF(Integer.MAX_VALUE),
  /** What the work says to its context. */
  OWN(Integer.MAX_VALUE),
  /** That, and what its thread logs as an error. */
  ERROR(1000),
  /** That, and warnings. */
  WARNING(900),
  /** That, and what informs. */
  INFO(800),
  /** That, and what helps to find faults. */
  DEBUG(500),
  /** All that is logged. */
  ALL(Integer.MIN_VALUE);

  private final int least;

  OutputLevel(int least) {
    this.least = least;
  }

  /**
   * Reads a setting.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static OutputLevel parse(String text) {
    return Arrays.stream(values())
        .filter(level -> level.name().equalsIgnoreCase(text.trim()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "log: '"
                        + text.trim()
                        + "' is none of "
                        + Arrays.stream(values())
                            .map(level -> level.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
  }

  /** Returns whether what is logged is kept. */
  public boolean logged() {
    return this != OFF && this != OWN;
  }

  /**
   * Returns whether a record is kept.
   *
   * @param level of it, as a number of the platform's logging
   */
  public boolean takes(int level) {
    return logged() && level >= least;
  }
}
