package io.synchronik.it.testkit;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the engines of this JVM log while it is open. */
public final class EngineLog implements AutoCloseable {
  // Held, as loggers that nobody holds are forgotten
  private final Logger logger = Logger.getLogger("io.synchronik");
  private final Probe<LogRecord> records = new Probe<>();
  private final Handler handler = new Recorder();

  private EngineLog() {
    handler.setLevel(Level.INFO);
    logger.addHandler(handler);
  }

  /** Begins to listen. */
  public static EngineLog open() {
    return new EngineLog();
  }

  /** Returns the lines of a level or a higher one that hold a text. */
  public List<String> lines(Level least, String text) {
    return records.seen(record -> isOne(record, least, text)).stream()
        .map(EngineLog::line)
        .toList();
  }

  /** Waits for a line of a level or a higher one that holds a text. */
  public String await(Level least, String text) {
    return line(records.awaitCount(1, record -> isOne(record, least, text), Probe.PATIENCE).get(0));
  }

  private static boolean isOne(LogRecord record, Level least, String text) {
    return record.getLevel().intValue() >= least.intValue() && line(record).contains(text);
  }

  private static String line(LogRecord record) {
    String line = new SimpleFormatter().formatMessage(record);
    return record.getThrown() == null ? line : line + " " + record.getThrown();
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
  }

  private final class Recorder extends Handler {
    @Override
    public void publish(LogRecord record) {
      if (isLoggable(record)) {
        records.accept(record);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
