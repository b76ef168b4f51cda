package io.synchronik.impl.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds keys that nobody reads, and what may have been meant. */
final class KeyNames {
  private static final String OURS = "synchronik.";

  /** Keys with names in them, and those that are read elsewhere. */
  private static final List<String> READ_ELSEWHERE =
      List.of("synchronik.unit.", "synchronik.queue.", "synchronik.admin.");

  /** More changes than this make another word of it. */
  private static final int MOST_CHANGES = 4;

  private KeyNames() {}

  /** Returns a line for each key below {@code synchronik.} that is none of those that are read. */
  static List<String> unknown(Iterable<String> given, Set<String> read) {
    Set<String> unknown = new TreeSet<>();
    given.forEach(
        key -> {
          if (key.startsWith(OURS)
              && read.stream().noneMatch(other -> isSame(key, other))
              && READ_ELSEWHERE.stream().noneMatch(key::startsWith)) {
            unknown.add(key);
          }
        });
    return unknown.stream().map(key -> line(key, read)).toList();
  }

  /** Environment variables come with dots where the key has hyphens. */
  private static boolean isSame(String left, String right) {
    return left.replace('-', '.').equals(right.replace('-', '.'));
  }

  private static String line(String key, Set<String> read) {
    String meant = nearest(key, read).map(near -> "; is " + near + " meant?").orElse("");
    return Message.UNKNOWN_SETTING.with(key, meant);
  }

  private static Optional<String> nearest(String key, Collection<String> known) {
    return known.stream()
        .filter(other -> distance(key, other) <= MOST_CHANGES)
        .min(
            Comparator.comparingInt((String other) -> distance(key, other))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** How many letters have to be added, left out or changed. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
