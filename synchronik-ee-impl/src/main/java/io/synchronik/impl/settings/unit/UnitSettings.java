package io.synchronik.impl.settings.unit;

import io.synchronik.impl.settings.Message;
import io.synchronik.process.ProcessConfig;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.unit.UnitConfig;
import io.synchronik.unit.UnitKind;
import io.synchronik.worker.WorkerConfig;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A unit's configuration as named texts: the elements of the annotations, the keys of MicroProfile
 * Config, the fields over HTTP and what is stored of a change are all these.
 */
public final class UnitSettings {
  private static final ConfigForm<WorkerConfig> WORKER = new WorkerForm();
  private static final ConfigForm<ProcessConfig> PROCESS = new ProcessForm();

  private static final String ENABLED = "enabled";
  private static final String LOG = "log";

  private UnitSettings() {}

  /** Returns all names of a kind of unit, in the order of the documentation. */
  public static List<String> names(UnitKind kind) {
    return switch (kind) {
      case WORKER -> WORKER.names();
      case PROCESS -> PROCESS.names();
    };
  }

  /** Returns a name as MicroProfile Config keys write it: {@code max-retries}. */
  public static String key(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /**
   * Returns what MicroProfile Config keys set of a kind of unit: its names, whether it runs, and
   * what is kept of what a worker logs.
   */
  public static Set<String> keys(UnitKind kind) {
    Set<String> keys = new HashSet<>(Set.of(ENABLED));
    if (kind == UnitKind.WORKER) {
      keys.add(LOG);
    }
    names(kind).forEach(name -> keys.add(key(name)));
    return keys;
  }

  /**
   * Applies texts to a configuration. A process's failure policy that is the default of its run
   * mode follows a new mode, unless the texts set it too.
   *
   * @param base what stays where a name is absent
   * @param texts by name; an empty text stands for "none", {@code off} and {@code disabled} too for
   *     every and cron
   * @throws InvalidConfigurationException naming the field
   */
  @SuppressWarnings("unchecked") // a configuration becomes one of the same type
  public static <C extends UnitConfig> C apply(C base, Map<String, String> texts) {
    if (base instanceof WorkerConfig worker) {
      return (C) applied(UnitKind.WORKER, WORKER, worker, texts);
    }
    if (base instanceof ProcessConfig process) {
      return (C) applied(UnitKind.PROCESS, PROCESS, process, texts);
    }
    throw new IllegalArgumentException(base.toString());
  }

  /**
   * Applies texts to a configuration, telling all that is wrong instead of the first.
   *
   * @param base what stays where a name is absent or its text is wrong
   * @param texts by name
   * @param wrong is told of each text that is wrong
   * @return what is of use only when nothing was told
   */
  public static <C extends UnitConfig> C apply(
      C base, Map<String, String> texts, Consumer<? super InvalidConfigurationException> wrong) {
    Map<String, String> left = new LinkedHashMap<>(texts);
    Set<String> told = new HashSet<>();
    while (true) {
      try {
        return apply(base, left);
      } catch (InvalidConfigurationException e) {
        if (told.add(e.field())) {
          wrong.accept(e);
        }
        if (left.remove(e.field()) == null) {
          return base;
        }
      }
    }
  }

  private static <C extends UnitConfig> C applied(
      UnitKind kind, ConfigForm<C> form, C base, Map<String, String> texts) {
    for (String name : texts.keySet()) {
      if (!form.names().contains(name)) {
        throw new InvalidConfigurationException(
            name,
            Message.UNKNOWN_FIELD.with(
                kind.name().toLowerCase(Locale.ROOT), name, String.join(", ", form.names())));
      }
    }
    return form.read(new Fields(form.merged(base, texts)));
  }

  /**
   * Lays texts over others. An interval takes the place of a cron expression, and the other way
   * round; what only an interval has goes with it.
   *
   * @param base what stays where a name is absent
   * @param over what wins
   * @return all of them
   */
  public static Map<String, String> merged(Map<String, String> base, Map<String, String> over) {
    Map<String, String> all = new LinkedHashMap<>(base);
    if (ScheduleTexts.isSet(over.get("cron"))) {
      all.put("every", "");
      if (ScheduleTexts.isSet(base.get("every"))) {
        all.put("initialDelay", "");
      }
    }
    if (ScheduleTexts.isSet(over.get("every"))) {
      all.put("cron", "");
    }
    all.putAll(over);
    return all;
  }

  /** Writes a configuration as texts; {@link #apply} reads them back. */
  public static Map<String, String> write(UnitConfig unit) {
    if (unit instanceof WorkerConfig worker) {
      return WORKER.write(worker);
    }
    if (unit instanceof ProcessConfig process) {
      return PROCESS.write(process);
    }
    throw new IllegalArgumentException(unit.toString());
  }
}
