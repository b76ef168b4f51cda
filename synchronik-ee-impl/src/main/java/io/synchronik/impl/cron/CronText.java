package io.synchronik.impl.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Splits expressions into fields; what cannot be taken is refused with what to write instead. */
final class CronText {
  /** Stands in the day field that says nothing. */
  static final String UNSAID = "?";

  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 0 1 1 ?",
          "@annually", "0 0 0 1 1 ?",
          "@monthly", "0 0 0 1 * ?",
          "@weekly", "0 0 0 ? * SUN",
          "@daily", "0 0 0 * * ?",
          "@midnight", "0 0 0 * * ?",
          "@hourly", "0 0 * * * ?");

  private CronText() {}

  static IllegalArgumentException bad(String expression, String reason) {
    return new IllegalArgumentException("cron \"" + expression.trim() + "\"" + reason);
  }

  /** Returns 6 or 7 fields in capitals, exactly one of the two day fields unsaid. */
  static List<String> fields(String expression) {
    String text = expression.trim();
    if (text.startsWith("@")) {
      String instead = MACROS.get(text.toLowerCase(Locale.ROOT));
      throw bad(
          text,
          instead != null
              ? " is a macro; write \"" + instead + "\""
              : " is a macro; write 6 or 7 fields (seconds first), or an interval as every");
    }
    List<String> fields = List.of(text.toUpperCase(Locale.ROOT).split("\\s+", -1));
    if (fields.size() < 6 || fields.size() > 7) {
      String instead = fields.size() == 5 ? ofUnix(fields) : null;
      throw bad(
          text,
          " has %d fields, 6 or 7 are needed (seconds first)%s"
              .formatted(
                  fields.size(), instead == null ? "" : "; for this one of Unix write " + instead));
    }
    checkDays(text, fields);
    return fields;
  }

  private static void checkDays(String text, List<String> fields) {
    boolean month = fields.get(3).equals(UNSAID);
    boolean week = fields.get(5).equals(UNSAID);
    if (month && week) {
      throw bad(
          text,
          ": only one of the two day fields can be ?; write \"" + with(fields, "*", "?") + "\"");
    }
    if (!month && !week) {
      String byMonth = "\"" + with(fields, fields.get(3), UNSAID) + "\"";
      String byWeek = "\"" + with(fields, UNSAID, fields.get(5)) + "\"";
      String instead =
          fields.get(5).equals("*")
              ? byMonth
              : fields.get(3).equals("*") ? byWeek : byMonth + " or " + byWeek;
      throw bad(text, ": one of the two day fields must be ?; write " + instead);
    }
  }

  private static String with(List<String> fields, String ofMonth, String ofWeek) {
    List<String> changed = new ArrayList<>(fields);
    changed.set(3, ofMonth);
    changed.set(5, ofWeek);
    return String.join(" ", changed);
  }

  /** Returns what five fields of Unix are here, null when they are none. */
  private static @Nullable String ofUnix(List<String> unix) {
    String ofMonth = unix.get(2);
    String ofWeek = weekdays(unix.get(4));
    List<String> fields = new ArrayList<>(List.of("0"));
    fields.addAll(unix);
    String instead;
    if (ofWeek.contains("/") && !ofWeek.startsWith("*")) {
      return null;
    }
    if (unix.get(4).equals("*") || unix.get(4).equals(UNSAID)) {
      instead = with(fields, ofMonth, UNSAID);
    } else if (ofMonth.equals("*") || ofMonth.equals(UNSAID)) {
      instead = with(fields, UNSAID, ofWeek);
    } else {
      return null;
    }
    try {
      CronTimes.parse(instead);
      return "\"" + instead + "\"";
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Sunday is 0 or 7 in Unix, and 1 here. */
  private static String weekdays(String unix) {
    StringBuilder here = new StringBuilder();
    for (String part : unix.split("(?<=[-,])|(?=[-,])", -1)) {
      here.append(part.matches("[0-7]") ? Integer.toString(Integer.parseInt(part) % 7 + 1) : part);
    }
    return here.toString();
  }
}
