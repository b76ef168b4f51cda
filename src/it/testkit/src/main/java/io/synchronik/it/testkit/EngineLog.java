package io.synchronik.it.testkit;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** What the engines of this JVM log while it is open. */
public final class EngineLog implements AutoCloseable {
  // Held, as loggers that nobody holds are forgotten
  private final Logger logger = Logger.getLogger("io.synchronik");
  private final Probe<LogRecord> records = new Probe<>();
  private final Handler handler = new Recorder();

  private final @Nullable Level before = logger.getLevel();
  private final boolean passedOn = logger.getUseParentHandlers();

  private EngineLog(Level least) {
    handler.setLevel(least);
    logger.addHandler(handler);
  }

  /** Begins to listen. */
  public static EngineLog open() {
    return new EngineLog(Level.INFO);
  }

  /** Begins to listen also to what the engines tell nobody else. */
  public static EngineLog detailed() {
    EngineLog log = new EngineLog(Level.FINE);
    log.logger.setLevel(Level.FINE);
    log.logger.setUseParentHandlers(false);
    return log;
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

  /** Waits for that many lines that hold a text. */
  public void awaitCount(int count, String text) {
    records.awaitCount(count, record -> isOne(record, Level.ALL, text), Probe.PATIENCE);
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
    logger.setLevel(before);
    logger.setUseParentHandlers(passedOn);
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
