package io.synchronik.impl.settings;

import io.synchronik.run.SynchronikException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/** Reads and cross-checks {@link Settings}; reports all that is wrong at once. */
public final class SettingsReader {
  private static final Logger LOG = System.getLogger(SettingsReader.class.getName());

  /** The datasource that a server offers without configuration. */
  public static final String DEFAULT_DATASOURCE = "java:comp/DefaultDataSource";

  private final Config config;
  private final Values values;

  public SettingsReader(Config config) {
    this.config = config;
    this.values = new Values(config);
  }

  /**
   * Reads all settings.
   *
   * @param defaultApplication the context path, or empty when there is none
   * @throws SynchronikException naming every key with a bad value
   */
  public Settings read(String defaultApplication) {
    Settings settings =
        new Settings(
            new Settings.Identity(
                application(defaultApplication),
                Texts.told(values.text("synchronik.node", hostName()), Texts.WHO),
                Texts.told(values.text("synchronik.version", ""), Texts.WHO)),
            new Settings.Store(
                values.text("synchronik.datasource", DEFAULT_DATASOURCE),
                values.value("synchronik.schema", SchemaMode.MIGRATE, SettingsReader::schemaMode),
                values.duration("synchronik.start-wait", "60s", "0ms", "1h")),
            pace(),
            work(),
            new Settings.History(
                values.duration("synchronik.history.retain", "7d", "1m", "36500d"),
                values.number("synchronik.history.runs", 1000, 1, 10_000_000),
                values.duration("synchronik.retention.audit", "400d", "1m", "36500d")),
            values.number("synchronik.payload-limit", 65_536, 1024, 900_000));
    AdminSettings.read(values);
    DashboardSettings.read(values);
    if (!values.errors().isEmpty()) {
      throw new SynchronikException(String.join(System.lineSeparator(), values.errors()));
    }
    return settings;
  }

  /** Returns a line for each setting with a bad value, of those that no unit has. */
  public static List<String> wrong(Config config) {
    SettingsReader reader = new SettingsReader(config);
    try {
      reader.read("ROOT");
    } catch (SynchronikException e) {
      return reader.values.errors();
    }
    return List.of();
  }

  /** Returns the keys that are read, with the range of each that has one. */
  Map<String, String> ranges() {
    return values.ranges();
  }

  /**
   * Warns of each key below {@code synchronik.} that nobody reads.
   *
   * @param declared what the code declares
   */
  public void warnOfUnknown(DeclaredNames declared) {
    unknown(declared).forEach(line -> LOG.log(Level.WARNING, line));
  }

  /** Returns a line for each key below {@code synchronik.} that nobody reads. */
  List<String> unknown(DeclaredNames declared) {
    return new KeyNames(config, values.keys(), declared).unknown();
  }

  private Settings.Pace pace() {
    Duration loop = values.duration("synchronik.loop-interval", "1s", "50ms", "1m");
    Duration lease = values.duration("synchronik.lease", "30s", "3s", "1h");
    if (loop.multipliedBy(3).compareTo(lease) > 0) {
      values.wrong(
          Message.SETTING_CLASH,
          "synchronik.loop-interval",
          "synchronik.lease",
          "a lease must be at least three loop intervals");
    }
    return new Settings.Pace(
        loop,
        values.duration("synchronik.watcher-interval", "60s", "1s", "1h"),
        lease,
        values.duration("synchronik.stats-interval", "0ms", "0ms", "1d"),
        values.value("synchronik.listen", true, Values::flag));
  }

  private Settings.Work work() {
    int workers = Math.max(16, 2 * Runtime.getRuntime().availableProcessors());
    return new Settings.Work(
        values.number("synchronik.workers", workers, 1, 10_000),
        values.duration("synchronik.stop-grace", "10s", "0ms", "1h"),
        values.duration("synchronik.transaction-timeout", "5m", "1s", "7d"),
        values.duration("synchronik.answer-limit", "30s", "100ms", "10m"),
        values.duration("synchronik.long-running", "10m", "1s", "365d"),
        queues());
  }

  private Map<String, Integer> queues() {
    Set<String> names = new TreeSet<>();
    for (String key : config.getPropertyNames()) {
      if (key.startsWith(KeyNames.QUEUE)) {
        names.add(KeyNames.unquoted(key.substring(KeyNames.QUEUE.length())));
      }
    }
    Map<String, Integer> queues = new HashMap<>();
    for (String name : names) {
      List<String> keys = KeyNames.bothForms(KeyNames.QUEUE, name, "");
      String key = values.text(keys.get(0), "").isEmpty() ? keys.get(1) : keys.get(0);
      queues.put(name, values.number(key, 1, 1, 10_000));
    }
    return Map.copyOf(queues);
  }

  private String application(String byDefault) {
    String name = values.text("synchronik.application", byDefault);
    if (name.isEmpty()) {
      values.wrong(Message.NO_APPLICATION);
    } else if (name.length() > 200) {
      values.wrong(Message.BAD_SETTING, "synchronik.application", name, "at most 200 characters");
    }
    return name;
  }

  private static SchemaMode schemaMode(String text) {
    try {
      return SchemaMode.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be migrate, validate or none", e);
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
