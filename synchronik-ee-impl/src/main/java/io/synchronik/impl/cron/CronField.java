package io.synchronik.impl.cron;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a cron expression, in its order. */
enum CronField {
  SECOND("second", 0, 59, ""),
  MINUTE("minute", 0, 59, ""),
  HOUR("hour", 0, 23, ""),
  DAY("day of the month", 1, 31, ""),
  MONTH("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
  WEEKDAY("day of the week", 1, 7, "SUN MON TUE WED THU FRI SAT"),
  YEAR("year", 1970, 2199, "");

  private static final Pattern ITEM =
      Pattern.compile("(?:(\\*)|(\\w+)(?:-(\\w+))?)?(?:/(\\d{1,4}))?");

  private final String title;
  private final int least;
  private final int most;
  private final String names;

  CronField(String title, int least, int most, String names) {
    this.title = title;
    this.least = least;
    this.most = most;
    this.names = names;
  }

  /** Reads a list of values, ranges and steps. */
  BitSet values(String text) {
    BitSet values = new BitSet();
    for (String item : text.split(",", -1)) {
      Matcher matcher = ITEM.matcher(item);
      if (item.isEmpty() || !matcher.matches()) {
        throw bad(item);
      }
      add(matcher, values);
    }
    return values;
  }

  private void add(Matcher item, BitSet values) {
    String first = item.group(2);
    String last = item.group(3);
    String step = item.group(4);
    int from = first == null ? least : value(first);
    int to = last != null ? value(last) : first == null || step != null ? most : from;
    int by = step == null ? 1 : step(step);
    int span = most - least + 1;
    if (to < from) {
      if (this == YEAR) {
        throw bad(item.group());
      }
      // Past the end it goes on from the beginning: 22-2, FRI-MON
      to += span;
    }
    for (int i = from; i <= to; i += by) {
      values.set(least + (i - least) % span);
    }
  }

  private int step(String text) {
    int step = Integer.parseInt(text);
    if (step < 1 || step > most - least + 1) {
      throw new IllegalArgumentException(
          "the step /%s of the %s must be 1 to %d".formatted(text, title, most - least + 1));
    }
    return step;
  }

  /** Reads one value: a number, or a name where there are names. */
  int value(String text) {
    int named = List.of(names.split(" ", -1)).indexOf(text.toUpperCase(Locale.ROOT));
    if (named >= 0) {
      return least + named;
    }
    if (!text.matches("\\d{1,4}")) {
      throw bad(text);
    }
    int value = Integer.parseInt(text);
    if (value < least || value > most) {
      throw bad(text);
    }
    return value;
  }

  IllegalArgumentException bad(String text) {
    return new IllegalArgumentException(
        "'%s' is no %s: %d to %d%s"
            .formatted(text, title, least, most, names.isEmpty() ? "" : " or one of " + names));
  }
}
