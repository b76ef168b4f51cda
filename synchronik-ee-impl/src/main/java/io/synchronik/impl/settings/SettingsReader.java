package io.synchronik.impl.settings;

import io.synchronik.run.SynchronikException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/** Reads and cross-checks {@link Settings}; reports all that is wrong at once. */
public final class SettingsReader {
  private static final Logger LOG = System.getLogger(SettingsReader.class.getName());

  /** The datasource that a server offers without configuration. */
  public static final String DEFAULT_DATASOURCE = "java:comp/DefaultDataSource";

  private static final String QUEUE = "synchronik.queue.";

  private final Config config;
  private final List<String> errors = new ArrayList<>();
  private final Set<String> read = new HashSet<>();

  public SettingsReader(Config config) {
    this.config = config;
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
                Texts.told(text("synchronik.node", hostName()), Texts.WHO),
                Texts.told(text("synchronik.version", ""), Texts.WHO)),
            new Settings.Store(
                text("synchronik.datasource", DEFAULT_DATASOURCE),
                value("synchronik.schema", SchemaMode.MIGRATE, SettingsReader::schemaMode),
                duration("synchronik.start-wait", "60s", "0ms", "1h")),
            pace(),
            work(),
            new Settings.History(
                duration("synchronik.history.retain", "7d", "1m", "36500d"),
                number("synchronik.history.runs", 1000, 1, 10_000_000)),
            number("synchronik.payload-limit", 65_536, 1024, 900_000));
    unknown().forEach(line -> LOG.log(Level.WARNING, line));
    if (!errors.isEmpty()) {
      throw new SynchronikException(String.join(System.lineSeparator(), errors));
    }
    return settings;
  }

  /** Returns a line for each key below {@code synchronik.} that nobody reads. */
  List<String> unknown() {
    return KeyNames.unknown(config.getPropertyNames(), read);
  }

  private Settings.Pace pace() {
    Duration loop = duration("synchronik.loop-interval", "1s", "50ms", "1m");
    Duration lease = duration("synchronik.lease", "30s", "3s", "1h");
    if (loop.multipliedBy(3).compareTo(lease) > 0) {
      errors.add(
          Message.SETTING_CLASH.with(
              "synchronik.loop-interval",
              "synchronik.lease",
              "a lease must be at least three loop intervals"));
    }
    return new Settings.Pace(
        loop,
        duration("synchronik.watcher-interval", "60s", "1s", "1h"),
        lease,
        duration("synchronik.stats-interval", "0ms", "0ms", "1d"),
        value("synchronik.listen", true, SettingsReader::flag));
  }

  private Settings.Work work() {
    int workers = Math.max(16, 2 * Runtime.getRuntime().availableProcessors());
    return new Settings.Work(
        number("synchronik.workers", workers, 1, 10_000),
        duration("synchronik.stop-grace", "10s", "0ms", "1h"),
        duration("synchronik.transaction-timeout", "5m", "1s", "7d"),
        duration("synchronik.long-running", "10m", "1s", "365d"),
        queues());
  }

  private Map<String, Integer> queues() {
    Map<String, Integer> queues = new TreeMap<>();
    for (String key : config.getPropertyNames()) {
      if (key.startsWith(QUEUE)) {
        String name = key.substring(QUEUE.length()).replaceAll("^\"(.*)\"$", "$1");
        queues.put(name, number(key, 1, 1, 10_000));
      }
    }
    return Map.copyOf(queues);
  }

  private String application(String byDefault) {
    String name = text("synchronik.application", byDefault);
    if (name.isEmpty()) {
      errors.add(Message.NO_APPLICATION.with());
    } else if (name.length() > 200) {
      errors.add(
          Message.BAD_SETTING.with("synchronik.application", name, "at most 200 characters"));
    }
    return name;
  }

  private String text(String key, String byDefault) {
    read.add(key);
    return config.getOptionalValue(key, String.class).map(String::trim).orElse(byDefault);
  }

  private <T> T value(String key, T byDefault, Function<String, T> parse) {
    String text = text(key, "");
    if (text.isEmpty()) {
      return byDefault;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      errors.add(Message.BAD_SETTING.with(key, text, String.valueOf(e.getMessage())));
      return byDefault;
    }
  }

  private Duration duration(String key, String byDefault, String least, String most) {
    return value(
        key,
        DurationText.parse(byDefault),
        text -> {
          Duration parsed = DurationText.parse(text);
          if (parsed.compareTo(DurationText.parse(least)) < 0
              || parsed.compareTo(DurationText.parse(most)) > 0) {
            throw new IllegalArgumentException("must be " + least + " to " + most);
          }
          return parsed;
        });
  }

  private int number(String key, int byDefault, int least, int most) {
    return value(
        key,
        byDefault,
        text -> {
          int parsed = Integer.parseInt(text);
          if (parsed < least || parsed > most) {
            throw new IllegalArgumentException("must be " + least + " to " + most);
          }
          return parsed;
        });
  }

  private static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static SchemaMode schemaMode(String text) {
    return SchemaMode.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
