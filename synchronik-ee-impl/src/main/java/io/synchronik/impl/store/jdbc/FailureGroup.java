package io.synchronik.impl.store.jdbc;

import io.synchronik.run.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What failures of the same kind have in common: the first 64 bits, as 16 hexadecimal digits, of
 * the SHA-256 of the failure's type, a line feed, and the beginning of its message, in UTF-8, with
 * <code>#</code> for what differs from one to the next:
 *
 * <ol>
 *   <li>what stands in quotes: between two of <code>'</code>, <code>"</code> or <code>`</code>, the
 *       first of them behind and the second before something that is no letter or digit, or between
 *       “ and ” or « and »;
 *   <li>words of letters, digits, hyphens and underscores that have a digit: numbers, UUIDs, ULIDs,
 *       keys;
 *   <li>several of these with nothing but blanks, commas, points, colons, semicolons, slashes and
 *       signs between them are one.
 * </ol>
 *
 * Other blanks and line ends are one blank. The beginning is the first 500 characters of the
 * outcome. It stays as it is: groups that are stored are looked for by it.
 */
public final class FailureGroup {
  private static final int LONGEST = 500;
  private static final int BYTES = 8;
  private static final String QUOTES = "'\"`“«";
  private static final String ENDS = "'\"`”»";
  private static final String BETWEEN = " ,.:;/+-";

  private final String text;
  private final StringBuilder out = new StringBuilder();

  /** Where the last mark ends, while only what may stand between marks follows it; else -1. */
  private int marked = -1;

  /** Quotes that nothing ends from here on. */
  private String open = "";

  private FailureGroup(String text) {
    this.text = text;
  }

  /** Returns the group of a failure; null when there is none. */
  public static @Nullable String of(@Nullable Failure failure) {
    return failure == null ? null : of(failure.type(), failure.message());
  }

  /** Returns the group of failures. */
  public static String of(String type, String message) {
    byte[] text = (type + '\n' + common(message)).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns what a message has in common with others of its kind. */
  static String common(String message) {
    String common = new FailureGroup(message).read();
    return common.substring(0, Math.min(LONGEST, common.length()));
  }

  private String read() {
    int at = 0;
    while (at < text.length() && out.length() < 2 * LONGEST) {
      int quoted = quoteEnd(at);
      int word = quoted > at ? quoted : wordEnd(at);
      if (quoted > at || hasDigit(at, word)) {
        mark();
        at = word;
      } else if (word > at) {
        out.append(text, at, word);
        marked = -1;
        at = word;
      } else {
        append(text.charAt(at));
        at++;
      }
    }
    return out.toString().strip();
  }

  private void mark() {
    if (marked >= 0) {
      out.setLength(marked);
    } else {
      out.append('#');
      marked = out.length();
    }
  }

  private void append(char c) {
    char shown = Character.isWhitespace(c) ? ' ' : c;
    if (shown == ' ' && !out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
      return;
    }
    out.append(shown);
    if (BETWEEN.indexOf(shown) < 0) {
      marked = -1;
    }
  }

  /** Returns where what is quoted from here on ends, with the quote; here when nothing is. */
  private int quoteEnd(int at) {
    int kind = QUOTES.indexOf(text.charAt(at));
    if (kind < 0 || open.indexOf(text.charAt(at)) >= 0) {
      return at;
    }
    char end = ENDS.charAt(kind);
    boolean pair = end != text.charAt(at);
    if (!pair && at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
      return at;
    }
    int to = text.indexOf(end, at + 1);
    while (to >= 0
        && !pair
        && to + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(to + 1))) {
      to = text.indexOf(end, to + 1);
    }
    if (to < 0) {
      open += text.charAt(at);
      return at;
    }
    return to + 1;
  }

  private int wordEnd(int from) {
    int to = from;
    while (to < text.length() && isWord(text.charAt(to))) {
      to++;
    }
    return to;
  }

  private boolean hasDigit(int from, int to) {
    return text.substring(from, to).chars().anyMatch(Character::isDigit);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || c == '-' || c == '_';
  }
}
