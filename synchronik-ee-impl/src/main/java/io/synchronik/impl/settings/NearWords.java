package io.synchronik.impl.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What may have been meant by a word that is not known. */
final class NearWords {
  /** More changes than this make another word of it. */
  private static final int MOST_CHANGES = 4;

  private NearWords() {}

  static Optional<String> nearest(String word, Collection<String> known) {
    int most = Math.max(1, Math.min(MOST_CHANGES, word.length() / 2));
    return known.stream()
        .filter(other -> Math.abs(other.length() - word.length()) <= most)
        .filter(other -> distance(word, other) <= most)
        .min(
            Comparator.comparingInt((String other) -> distance(word, other))
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
