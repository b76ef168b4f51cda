package io.synchronik.impl.tx;

import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.run.Failure;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions as they are stored and logged: bounded, with their causes. What they are asked may
 * itself fail, lie, or be large; that costs its place in the text and nothing else.
 */
public final class Failures {
  private static final int MOST_TYPE = 500;
  private static final int MOST_MESSAGE = 2000;
  private static final int MOST_TRACE = 16_000;
  private static final int MOST_CAUSES = 10;
  private static final int MOST_FRAMES = 150;

  private Failures() {}

  public static Failure of(Throwable thrown) {
    String type = cut(thrown.getClass().getName(), MOST_TYPE);
    try {
      return new Failure(type, cut(messages(thrown), MOST_MESSAGE), trace(thrown), thrown);
    } catch (Throwable e) {
      // Such as no memory left
      return new Failure(type, UNREADABLE, "", thrown);
    }
  }

  private static final String UNREADABLE = "(its message cannot be read)";

  /** Returns a failure that somebody tells in words. */
  public static Failure told(String type, String reason) {
    return new Failure(cut(type, MOST_TYPE), cut(reason, MOST_MESSAGE), "", null);
  }

  /** Returns a failure in other words that lies in what somebody threw. */
  public static Failure of(Throwable thrown, Message message) {
    Failure why = of(thrown);
    String text = cut(message.with(why.message()), MOST_MESSAGE);
    return new Failure(why.type(), text, why.stackTrace(), thrown);
  }

  /** Returns the failure of work whose end the database refuses. */
  public static Failure refused(Throwable why) {
    return told("Result", Message.RESULT.with(StoreException.reason(why)));
  }

  public static Failure overdue(Instant deadline) {
    return new Failure("Deadline", Message.DEADLINE.with(deadline), "", null);
  }

  /** Returns the message of an exception, empty when it has none. */
  public static String messageOf(Throwable thrown) {
    return messageOf(thrown, MOST_MESSAGE);
  }

  private static String messageOf(Throwable thrown, int most) {
    String message = asked(thrown::getMessage, UNREADABLE);
    return message == null ? "" : cut(message, most);
  }

  /** Returns an exception that tells the same to a log without asking the application's code. */
  public static Throwable loggable(Throwable thrown) {
    return loggable(thrown, MOST_CAUSES);
  }

  private static Throwable loggable(Throwable thrown, int causes) {
    Throwable cause = causes == 0 ? null : causeOf(thrown);
    return new Described(
        heading(thrown), frames(thrown), cause == null ? null : loggable(cause, causes - 1));
  }

  private static String messages(Throwable thrown) {
    StringBuilder message = new StringBuilder(messageOf(thrown));
    Throwable cause = causeOf(thrown);
    for (int i = 0; cause != null && i < MOST_CAUSES && message.length() < MOST_MESSAGE; i++) {
      message.append("; caused by ").append(cause.getClass().getName());
      message.append(": ").append(messageOf(cause));
      cause = causeOf(cause);
    }
    return message.toString();
  }

  /** As the JDK prints it; {@code printStackTrace} may be the application's. */
  private static String trace(Throwable thrown) {
    StringBuilder trace = new StringBuilder(heading(thrown)).append('\n');
    StackTraceElement[] outer = frames(thrown);
    append(trace, outer, outer.length);
    Throwable cause = causeOf(thrown);
    for (int i = 0; cause != null && i < MOST_CAUSES && trace.length() < MOST_TRACE; i++) {
      trace.append("Caused by: ").append(heading(cause)).append('\n');
      StackTraceElement[] frames = frames(cause);
      int common = common(frames, outer);
      append(trace, frames, frames.length - common);
      if (common > 0) {
        trace.append("\t... ").append(common).append(" more\n");
      }
      outer = frames;
      cause = causeOf(cause);
    }
    return cut(trace.toString(), MOST_TRACE);
  }

  private static void append(StringBuilder trace, StackTraceElement[] frames, int count) {
    for (int i = 0; i < count && trace.length() < MOST_TRACE; i++) {
      trace.append("\tat ").append(frames[i]).append('\n');
    }
  }

  private static int common(StackTraceElement[] frames, StackTraceElement[] outer) {
    int common = 0;
    while (common < Math.min(frames.length, outer.length)
        && frames[frames.length - 1 - common].equals(outer[outer.length - 1 - common])) {
      common++;
    }
    return common;
  }

  private static String heading(Throwable thrown) {
    String type = cut(thrown.getClass().getName(), MOST_TYPE);
    String message = messageOf(thrown, MOST_TRACE);
    return message.isEmpty() ? type : type + ": " + message;
  }

  private static @Nullable Throwable causeOf(Throwable thrown) {
    return asked(thrown::getCause, null);
  }

  private static StackTraceElement[] frames(Throwable thrown) {
    StackTraceElement[] none = {};
    StackTraceElement[] frames = asked(thrown::getStackTrace, none);
    if (frames == null) {
      return none;
    }
    int most = Math.min(frames.length, MOST_FRAMES);
    StackTraceElement[] checked = new StackTraceElement[most];
    for (int i = 0; i < most; i++) {
      if (frames[i] == null) {
        return none;
      }
      checked[i] = frames[i];
    }
    return checked;
  }

  private static <T> @Nullable T asked(Supplier<@Nullable T> question, @Nullable T otherwise) {
    try {
      return question.get();
    } catch (Throwable e) {
      return otherwise;
    }
  }

  private static String cut(String text, int most) {
    return Texts.told(text, most);
  }

  /** An exception of the application in the words of this class. */
  private static final class Described extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String heading;

    Described(String heading, StackTraceElement[] frames, @Nullable Throwable cause) {
      super(heading, cause, false, true);
      this.heading = heading;
      setStackTrace(frames);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // it stands for one of another class
    public String toString() {
      return heading;
    }
  }
}
