package io.synchronik.impl.output;

import io.synchronik.impl.tx.Failures;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Takes what threads log through the platform's logging, or what stands in for it, into the output
 * of the attempts that they make. Whatever a record does, it does to its own thread alone.
 */
final class LogTap extends Handler {
  private static final ThreadLocal<@Nullable AttemptOutput> CURRENT = new ThreadLocal<>();

  /** What stands in for the platform's logging has records that know their own form. */
  private static final String OWN_FORM = "getFormattedMessage";

  private final Formatter formatter = new SimpleFormatter();
  private final Logger root = Logger.getLogger("");

  /** Lets this thread log into an output. */
  static void enter(AttemptOutput output) {
    CURRENT.set(output);
  }

  /** Ends what {@link #enter} began. */
  static void leave() {
    CURRENT.remove();
  }

  /** Is there after this, also when a new configuration of the logging has removed it. */
  synchronized void open() {
    if (!Arrays.asList(root.getHandlers()).contains(this)) {
      root.addHandler(this);
    }
  }

  @Override
  public void publish(LogRecord logged) {
    AttemptOutput output = CURRENT.get();
    if (output == null) {
      return;
    }
    // What is logged while this is written is not taken: it might never end
    CURRENT.remove();
    try {
      take(logged, output);
    } finally {
      CURRENT.set(output);
    }
  }

  private void take(LogRecord logged, AttemptOutput output) {
    try {
      int level = logged.getLevel().intValue();
      if (output.takes(level)) {
        output.add(
            level(level), Objects.requireNonNullElse(logged.getLoggerName(), ""), text(logged));
      }
    } catch (Throwable e) {
      untold(output, e);
    }
  }

  private static void untold(AttemptOutput output, Throwable why) {
    try {
      output.add(
          Level.WARNING,
          LogTap.class.getName(),
          "A record could not be written: " + why.getClass().getName());
    } catch (Throwable e) {
      // Such as no memory left
    }
  }

  private static Level level(int number) {
    if (number >= 1000) {
      return Level.ERROR;
    }
    if (number >= 900) {
      return Level.WARNING;
    }
    if (number >= 800) {
      return Level.INFO;
    }
    return number >= 500 ? Level.DEBUG : Level.TRACE;
  }

  private String text(LogRecord logged) throws ReflectiveOperationException {
    String message = message(logged);
    Throwable thrown = logged.getThrown();
    if (thrown == null) {
      return message;
    }
    String trace = Failures.of(thrown).stackTrace();
    return message.isEmpty() ? trace : message + "\n" + trace;
  }

  private String message(LogRecord logged) throws ReflectiveOperationException {
    Object message =
        logged.getClass() == LogRecord.class ? formatter.formatMessage(logged) : inOwnForm(logged);
    return message == null ? "" : message.toString();
  }

  private @Nullable Object inOwnForm(LogRecord logged) throws ReflectiveOperationException {
    for (var method : logged.getClass().getMethods()) {
      if (method.getName().equals(OWN_FORM) && method.getParameterCount() == 0) {
        return method.invoke(logged);
      }
    }
    return formatter.formatMessage(logged);
  }

  @Override
  public void flush() {
    // Outputs are written by those who make them
  }

  @Override
  public synchronized void close() {
    root.removeHandler(this);
  }
}
