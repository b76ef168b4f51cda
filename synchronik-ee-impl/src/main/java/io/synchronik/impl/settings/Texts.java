package io.synchronik.impl.settings;

/** Texts as every database can keep them. */
public final class Texts {
  /** Length of the columns that name somebody. */
  public static final int WHO = 200;

  private static final char INSTEAD = '\uFFFD';

  private Texts() {}

  /**
   * Returns a text that is only told: not longer than its column, cut between characters, and
   * without what a database refuses.
   *
   * @param most in UTF-16 units, from 1; a text that is cut ends in an ellipsis
   */
  public static String told(String text, int most) {
    if (text.length() <= most) {
      return clean(text);
    }
    int end = most - 1;
    if (end > 0
        && Character.isHighSurrogate(text.charAt(end - 1))
        && Character.isLowSurrogate(text.charAt(end))) {
      end--;
    }
    return clean(text.substring(0, end)) + "…";
  }

  /** Returns whether each database keeps a text as it is: no NUL, no half of a character. */
  public static boolean isClean(String text) {
    return firstOdd(text, 0) == text.length();
  }

  private static String clean(String text) {
    int odd = firstOdd(text, 0);
    if (odd == text.length()) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text);
    while (odd < text.length()) {
      clean.setCharAt(odd, INSTEAD);
      odd = firstOdd(text, odd + 1);
    }
    return clean.toString();
  }

  /** Returns where the first character is that cannot be kept, the length when there is none. */
  private static int firstOdd(String text, int from) {
    int i = from;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      if (point == 0 || isUnpaired(point)) {
        return i;
      }
      i += Character.charCount(point);
    }
    return i;
  }

  private static boolean isUnpaired(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
