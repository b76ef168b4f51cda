package io.synchronik.impl.cdi;

import io.synchronik.impl.settings.Expressions;
import io.synchronik.impl.settings.UnitSettings;
import io.synchronik.worker.Worker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** What {@code @Worker} and MicroProfile Config say of a worker, as texts. */
final class WorkerTexts {
  private final Config config;
  private final Expressions expressions;

  WorkerTexts(Config config) {
    this.config = config;
    this.expressions = new Expressions(key -> config.getOptionalValue(key, String.class));
  }

  /**
   * Returns the settings of a declared worker, overrides on top.
   *
   * @throws IllegalArgumentException if an expression has no value
   */
  Map<String, String> of(Worker worker) {
    Map<String, String> texts = new LinkedHashMap<>();
    put(texts, "every", worker.every());
    texts.put("mode", worker.mode().name());
    put(texts, "initialDelay", worker.initialDelay());
    put(texts, "cron", worker.cron());
    put(texts, "zone", worker.zone());
    put(texts, "jitter", worker.jitter());
    texts.put("misfire", worker.misfire().name());
    put(texts, "misfireThreshold", worker.misfireThreshold());
    texts.put("overlap", worker.overlap().name());
    texts.put("maxRetries", Integer.toString(worker.maxRetries()));
    put(texts, "retryDelay", worker.retryDelay());
    texts.put("retryFactor", Double.toString(worker.retryFactor()));
    put(texts, "retryMaxDelay", worker.retryMaxDelay());
    texts.put("retryJitter", Double.toString(worker.retryJitter()));
    put(texts, "timeout", worker.timeout());
    texts.put("maxRuns", Long.toString(worker.maxRuns()));
    texts.putAll(overrides(expand(worker.id())));
    return texts;
  }

  private void put(Map<String, String> texts, String name, String value) {
    if (!value.isEmpty()) {
      texts.put(name, expand(value));
    }
  }

  /** Returns what configuration says of a unit; only what is set. */
  Map<String, String> overrides(String id) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : UnitSettings.NAMES) {
      override(id, UnitSettings.key(name)).ifPresent(value -> texts.put(name, value));
    }
    return texts;
  }

  /** Returns whether schedules run a declared worker at first. */
  boolean enabled(Worker worker) {
    String id = expand(worker.id());
    String text = override(id, "enabled").orElseGet(() -> expand(worker.enabled())).trim();
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(text);
    }
    throw new IllegalArgumentException("enabled: '" + text + "' is neither true nor false");
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
