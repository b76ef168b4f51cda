package io.synchronik.impl.exec;

import io.synchronik.impl.settings.Message;
import io.synchronik.run.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;

/** Exceptions as they are stored: bounded, with their causes. */
public final class Failures {
  private static final int MOST_MESSAGE = 2000;
  private static final int MOST_TRACE = 16_000;
  private static final int MOST_CAUSES = 10;

  private Failures() {}

  public static Failure of(Throwable thrown) {
    StringBuilder message = new StringBuilder(messageOf(thrown));
    Throwable cause = thrown.getCause();
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      message.append("; caused by ").append(cause.getClass().getName());
      message.append(": ").append(messageOf(cause));
      cause = cause.getCause();
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return new Failure(
        cut(thrown.getClass().getName(), 500),
        cut(message.toString(), MOST_MESSAGE),
        cut(trace.toString(), MOST_TRACE),
        thrown);
  }

  /** Returns a failure that somebody tells in words. */
  public static Failure told(String type, String reason) {
    return new Failure(type, cut(reason, MOST_MESSAGE), "", null);
  }

  public static Failure overdue(Instant deadline) {
    return new Failure("Deadline", Message.DEADLINE.with(deadline), "", null);
  }

  private static String messageOf(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? "" : message;
  }

  /** PostgreSQL cannot store NUL characters. */
  private static String cut(String text, int most) {
    String clean = text.replace('\0', ' ');
    return clean.length() <= most ? clean : clean.substring(0, most - 1) + "…";
  }
}
