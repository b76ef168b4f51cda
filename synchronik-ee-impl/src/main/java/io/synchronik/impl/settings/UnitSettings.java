package io.synchronik.impl.settings;

import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.worker.RetryPolicy;
import io.synchronik.worker.WorkerConfig;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A worker's configuration as named texts: the elements of {@code @Worker}, the keys of
 * MicroProfile Config, the fields over HTTP and what is stored of a change are all these.
 */
public final class UnitSettings {
  /** All names, in the order of the documentation. */
  public static final List<String> NAMES =
      List.of(
          "every",
          "mode",
          "initialDelay",
          "cron",
          "zone",
          "jitter",
          "misfire",
          "misfireThreshold",
          "overlap",
          "maxRetries",
          "retryDelay",
          "retryFactor",
          "retryMaxDelay",
          "retryJitter",
          "timeout",
          "maxRuns");

  private UnitSettings() {}

  /** Returns a name as MicroProfile Config keys write it: {@code max-retries}. */
  public static String key(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /**
   * Applies texts to a configuration.
   *
   * @param base what stays where a name is absent
   * @param texts by name; an empty text stands for "none", {@code off} and {@code disabled} too for
   *     every and cron
   * @throws InvalidConfigurationException naming the field
   */
  public static WorkerConfig apply(WorkerConfig base, Map<String, String> texts) {
    for (String name : texts.keySet()) {
      if (!NAMES.contains(name)) {
        throw new InvalidConfigurationException(
            name, Message.UNKNOWN_FIELD.with(name, String.join(", ", NAMES)));
      }
    }
    Map<String, String> all = write(base);
    if (isSet(texts.get("cron")) && !texts.containsKey("every")) {
      all.put("every", "");
    }
    if (isSet(texts.get("every")) && !texts.containsKey("cron")) {
      all.put("cron", "");
    }
    all.putAll(texts);
    return read(all);
  }

  /** Writes a configuration as texts; {@link #apply} reads them back. */
  public static Map<String, String> write(WorkerConfig config) {
    Map<String, String> texts = new LinkedHashMap<>();
    NAMES.forEach(name -> texts.put(name, ""));
    Schedule schedule = config.schedule();
    texts.put("mode", IntervalMode.FIXED_RATE.name());
    if (schedule instanceof Schedule.Every every) {
      texts.put("every", DurationText.write(every.interval()));
      texts.put("mode", every.mode().name());
      texts.put("initialDelay", DurationText.write(every.initialDelay()));
    } else if (schedule instanceof Schedule.Cron cron) {
      texts.put("cron", cron.expression());
      texts.put("zone", cron.zone().getId());
    }
    if (schedule != null) {
      texts.put("jitter", DurationText.write(schedule.jitter()));
    }
    texts.put("misfire", config.misfire().policy().name());
    texts.put("misfireThreshold", DurationText.write(config.misfire().threshold()));
    texts.put("overlap", config.overlap().name());
    RetryPolicy retry = config.retry();
    texts.put("maxRetries", Integer.toString(retry.maxRetries()));
    texts.put("retryDelay", DurationText.write(retry.delay()));
    texts.put("retryFactor", Double.toString(retry.factor()));
    texts.put("retryMaxDelay", DurationText.write(retry.maxDelay()));
    texts.put("retryJitter", Double.toString(retry.jitter()));
    Duration timeout = config.timeout();
    texts.put("timeout", timeout == null ? "" : DurationText.write(timeout));
    texts.put("maxRuns", Long.toString(config.maxRuns()));
    return texts;
  }

  /** Returns a schedule in one line, equal for equal schedules; empty for none. */
  public static String line(@Nullable Schedule schedule) {
    if (schedule instanceof Schedule.Every every) {
      return "every %s %s after %s jitter %s"
          .formatted(
              DurationText.write(every.interval()),
              every.mode(),
              DurationText.write(every.initialDelay()),
              DurationText.write(every.jitter()));
    }
    if (schedule instanceof Schedule.Cron cron) {
      return "cron %s zone %s jitter %s"
          .formatted(cron.expression(), cron.zone().getId(), DurationText.write(cron.jitter()));
    }
    return "";
  }

  private static WorkerConfig read(Map<String, String> texts) {
    Fields in = new Fields(texts);
    RetryPolicy retry =
        checked(
            "maxRetries",
            () ->
                new RetryPolicy(
                    in.get("maxRetries", 0, Integer::parseInt),
                    in.get("retryDelay", Duration.ZERO, DurationText::parse),
                    in.get("retryFactor", 1.0, Double::parseDouble),
                    in.get("retryMaxDelay", Duration.ofHours(1), DurationText::parse),
                    in.get("retryJitter", 0.0, Double::parseDouble)));
    MisfirePolicy misfire =
        checked(
            "misfireThreshold",
            () ->
                new MisfirePolicy(
                    in.get("misfire", Misfire.FIRE_ONCE, text -> constant(Misfire.class, text)),
                    in.get(
                        "misfireThreshold",
                        MisfirePolicy.DEFAULT.threshold(),
                        DurationText::parse)));
    Overlap overlap = in.get("overlap", Overlap.SKIP, text -> constant(Overlap.class, text));
    Schedule schedule = schedule(in);
    Duration timeout = in.orNull("timeout", DurationText::parse);
    long maxRuns = in.get("maxRuns", 0L, Long::parseLong);
    return checked(
        "maxRuns", () -> new WorkerConfig(schedule, misfire, overlap, retry, timeout, maxRuns));
  }

  private static @Nullable Schedule schedule(Fields in) {
    Duration jitter = in.get("jitter", Duration.ZERO, DurationText::parse);
    Duration initialDelay = in.get("initialDelay", Duration.ZERO, DurationText::parse);
    IntervalMode mode =
        in.get("mode", IntervalMode.FIXED_RATE, text -> constant(IntervalMode.class, text));
    ZoneId zone = in.get("zone", ZoneId.systemDefault(), UnitSettings::zone);
    String every = in.text("every");
    String cron = in.text("cron");
    if (isSet(every) && isSet(cron)) {
      throw bad("cron", "every and cron cannot both be set");
    }
    if (isSet(every)) {
      Duration interval = in.get("every", Duration.ZERO, DurationText::parse);
      return checked("every", () -> new Schedule.Every(interval, mode, initialDelay, jitter));
    }
    if (isSet(cron)) {
      return checked("cron", () -> new Schedule.Cron(cron, zone, jitter));
    }
    return null;
  }

  private static boolean isSet(@Nullable String text) {
    return text != null
        && !text.isBlank()
        && !text.equalsIgnoreCase("off")
        && !text.equalsIgnoreCase("disabled");
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is not a time zone", e);
    }
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    try {
      return Enum.valueOf(type, text.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is none of " + List.of(type.getEnumConstants()), e);
    }
  }

  /** The messages of the API's records begin with the name of the wrong value. */
  private static <T> T checked(String byDefault, Supplier<T> creation) {
    try {
      return creation.get();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      String first = message.split(" ", 2)[0];
      throw bad(NAMES.contains(first) ? first : byDefault, message);
    }
  }

  private static InvalidConfigurationException bad(String field, String message) {
    return new InvalidConfigurationException(field, Message.BAD_FIELD.with(message));
  }

  private record Fields(Map<String, String> texts) {
    String text(String name) {
      return texts.getOrDefault(name, "").trim();
    }

    <T> T get(String name, T byDefault, Function<String, T> parse) {
      T value = orNull(name, parse);
      return value == null ? byDefault : value;
    }

    <T> @Nullable T orNull(String name, Function<String, T> parse) {
      String text = text(name);
      if (text.isEmpty()) {
        return null;
      }
      try {
        return parse.apply(text);
      } catch (NumberFormatException e) {
        throw bad(name, name + ": '" + text + "' is not a number");
      } catch (IllegalArgumentException e) {
        throw bad(name, name + ": " + e.getMessage());
      }
    }
  }
}
