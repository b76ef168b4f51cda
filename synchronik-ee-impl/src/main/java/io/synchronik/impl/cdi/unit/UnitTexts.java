package io.synchronik.impl.cdi.unit;

import io.synchronik.impl.settings.Expressions;
import io.synchronik.impl.settings.OutputLevel;
import io.synchronik.impl.settings.unit.UnitSettings;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.process.RunMode;
import io.synchronik.process.WorkerProcess;
import io.synchronik.unit.UnitKind;
import io.synchronik.worker.Worker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;

/** What annotations and MicroProfile Config say of a unit, as texts. */
public final class UnitTexts {
  private final Config config;
  private final Expressions expressions;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  public UnitTexts(Config config) {
    this.config = config;
    this.expressions =
        new Expressions(
            key -> {
              asked.add(key);
              return config.getOptionalValue(key, String.class);
            });
  }

  /**
   * Returns the settings of a declared worker, overrides on top.
   *
   * @param wrong is told of each expression without a value
   */
  Map<String, String> of(Worker worker, Consumer<? super IllegalArgumentException> wrong) {
    Map<String, String> texts = new LinkedHashMap<>();
    put(wrong, texts, "every", worker.every());
    texts.put("mode", worker.mode().name());
    put(wrong, texts, "initialDelay", worker.initialDelay());
    put(wrong, texts, "cron", worker.cron());
    put(wrong, texts, "zone", worker.zone());
    put(wrong, texts, "jitter", worker.jitter());
    texts.put("misfire", worker.misfire().name());
    put(wrong, texts, "misfireThreshold", worker.misfireThreshold());
    texts.put("overlap", worker.overlap().name());
    texts.put("maxRetries", Integer.toString(worker.maxRetries()));
    put(wrong, texts, "retryDelay", worker.retryDelay());
    texts.put("retryFactor", Double.toString(worker.retryFactor()));
    put(wrong, texts, "retryMaxDelay", worker.retryMaxDelay());
    texts.put("retryJitter", Double.toString(worker.retryJitter()));
    texts.put("onNodeLoss", worker.onNodeLoss().name());
    put(wrong, texts, "timeout", worker.timeout());
    texts.put("maxRuns", Long.toString(worker.maxRuns()));
    texts.put("concurrency", Integer.toString(worker.concurrency()));
    texts.put("nodeConcurrency", Integer.toString(worker.nodeConcurrency()));
    put(wrong, texts, "queue", worker.queue());
    put(wrong, texts, "rate", worker.rate());
    put(wrong, texts, "uniqueFor", worker.uniqueFor());
    return UnitSettings.merged(texts, overrides(expand(worker.id()), UnitKind.WORKER));
  }

  /**
   * Returns the settings of a declared process, overrides on top.
   *
   * @param process the declaration
   * @param graph whether a worker depends on another
   * @param wrong is told of each expression without a value
   */
  Map<String, String> of(
      WorkerProcess process, boolean graph, Consumer<? super IllegalArgumentException> wrong) {
    Map<String, String> texts = new LinkedHashMap<>();
    put(wrong, texts, "every", process.every());
    texts.put("intervalMode", process.intervalMode().name());
    put(wrong, texts, "initialDelay", process.initialDelay());
    put(wrong, texts, "cron", process.cron());
    put(wrong, texts, "zone", process.zone());
    put(wrong, texts, "jitter", process.jitter());
    texts.put("misfire", process.misfire().name());
    put(wrong, texts, "misfireThreshold", process.misfireThreshold());
    texts.put("overlap", process.overlap().name());
    boolean byItself = graph && process.mode() == RunMode.SEQUENTIAL;
    texts.put("mode", (byItself ? RunMode.GRAPH : process.mode()).name());
    texts.put("batchSize", Integer.toString(process.batchSize()));
    put(wrong, texts, "isolationDelay", process.isolationDelay());
    put(wrong, texts, "failurePolicy", process.failurePolicy());
    texts.put("maxRuns", Long.toString(process.maxRuns()));
    return UnitSettings.merged(texts, overrides(expand(process.id()), UnitKind.PROCESS));
  }

  private void put(
      Consumer<? super IllegalArgumentException> wrong,
      Map<String, String> texts,
      String name,
      String value) {
    if (value.isEmpty()) {
      return;
    }
    try {
      texts.put(name, expand(value));
    } catch (IllegalArgumentException e) {
      wrong.accept(e);
    }
  }

  /** Returns what configuration says of a unit; only what is set. */
  Map<String, String> overrides(String id, UnitKind kind) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : UnitSettings.names(kind)) {
      override(id, UnitSettings.key(name)).ifPresent(value -> texts.put(name, value));
    }
    return texts;
  }

  /**
   * Returns whether schedules run a unit at first.
   *
   * @param id its id
   * @param byCode what the code says, with expressions
   * @throws IllegalArgumentException if it is neither true nor false
   */
  boolean enabled(String id, String byCode) {
    String text = override(id, "enabled").orElseGet(() -> expand(byCode)).trim();
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(text);
    }
    throw new IllegalArgumentException("enabled: '" + text + "' is neither true nor false");
  }

  /** Returns what of a worker is on; as by default where what is set is wrong. */
  RegisteredWorker.Switches switches(
      String id, String enabledByCode, DefinitionErrors.WrongSettings wrong) {
    return new RegisteredWorker.Switches(
        wrong.orElse(true, () -> enabled(id, enabledByCode)),
        wrong.orElse(
            OutputLevel.OFF,
            () -> override(id, "log").map(OutputLevel::parse).orElse(OutputLevel.OFF)));
  }

  /** Returns the keys that expressions asked for. */
  Set<String> asked() {
    return asked;
  }

  String expand(String text) {
    return expressions.expand(text);
  }

  private Optional<String> override(String id, String key) {
    return config
        .getOptionalValue("synchronik.unit.\"" + id + "\"." + key, String.class)
        .or(() -> config.getOptionalValue("synchronik.unit." + id + "." + key, String.class));
  }
}
