package io.synchronik.impl.engine;

import io.synchronik.impl.settings.UnitSettings;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.worker.WorkerConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What this node can run: code, and the configuration in force. */
final class Registry {
  private static final Logger LOG = System.getLogger(Registry.class.getName());

  private record Effective(String changes, WorkerConfig config) {}

  private final Json json;
  private final Map<String, RegisteredWorker> workers = new ConcurrentHashMap<>();
  private final Map<String, Effective> effective = new ConcurrentHashMap<>();
  private volatile List<String> ids = List.of();

  Registry(Json json) {
    this.json = json;
  }

  void add(RegisteredWorker worker) {
    String id = worker.id().value();
    workers.put(id, worker);
    effective.remove(id);
    ids = List.copyOf(workers.keySet());
  }

  void remove(String id) {
    workers.remove(id);
    effective.remove(id);
    ids = List.copyOf(workers.keySet());
  }

  @Nullable RegisteredWorker find(String id) {
    return workers.get(id);
  }

  Collection<RegisteredWorker> all() {
    return workers.values();
  }

  /** Ids of all known units. */
  List<String> ids() {
    return ids;
  }

  /**
   * Returns the configuration in force.
   *
   * @param worker a known worker
   * @param changes what was changed at runtime, as JSON; no longer fitting changes are passed over
   */
  WorkerConfig config(RegisteredWorker worker, String changes) {
    String id = worker.id().value();
    Effective known = effective.get(id);
    if (known != null && known.changes.equals(changes)) {
      return known.config;
    }
    WorkerConfig config = worker.config();
    try {
      config = UnitSettings.apply(config, json.readTexts(changes));
    } catch (InvalidConfigurationException e) {
      LOG.log(
          Level.WARNING, "What was changed of unit {0} no longer fits: {1}", id, e.getMessage());
    }
    effective.put(id, new Effective(changes, config));
    return config;
  }

  /** Returns the configuration in force as last seen. */
  WorkerConfig config(RegisteredWorker worker) {
    Effective known = effective.get(worker.id().value());
    return known == null ? worker.config() : known.config;
  }
}
