package io.synchronik.impl.settings;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The order of versions of an application. Parts between dots, hyphens, underscores and plus signs
 * count one by one: numbers as numbers, other texts alphabetically and before any number; a version
 * that ends earlier comes before more numbers, except for zeros, and after more text ({@code
 * 1.0-rc} before {@code 1.0}). The empty version comes before all others.
 */
public final class VersionOrder implements Comparator<String> {
  private static final Pattern BETWEEN = Pattern.compile("[._+-]|(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");

  @Override
  public int compare(String left, String right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Boolean.compare(!left.isEmpty(), !right.isEmpty());
    }
    List<String> lefts = parts(left);
    List<String> rights = parts(right);
    for (int i = 0; i < Math.max(lefts.size(), rights.size()); i++) {
      int order =
          part(i < lefts.size() ? lefts.get(i) : "", i < rights.size() ? rights.get(i) : "");
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static List<String> parts(String version) {
    return BETWEEN.splitAsStream(version).filter(part -> !part.isEmpty()).toList();
  }

  /** An empty part is one that is not there: it counts as zero. */
  private static int part(String left, String right) {
    boolean leftNumber = isNumber(left);
    boolean rightNumber = isNumber(right);
    if (leftNumber && rightNumber) {
      return number(left).compareTo(number(right));
    }
    return leftNumber == rightNumber
        ? left.compareToIgnoreCase(right)
        : Boolean.compare(leftNumber, rightNumber);
  }

  private static boolean isNumber(String part) {
    return part.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static BigInteger number(String part) {
    return part.isEmpty() ? BigInteger.ZERO : new BigInteger(part);
  }
}
