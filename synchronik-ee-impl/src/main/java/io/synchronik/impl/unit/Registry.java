package io.synchronik.impl.unit;

import io.synchronik.event.RunHooks;
import io.synchronik.impl.settings.UnitSettings;
import io.synchronik.impl.tx.Json;
import io.synchronik.process.ProcessConfig;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.unit.UnitConfig;
import io.synchronik.worker.WorkerConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What this node can run: code, and the configuration in force. */
public final class Registry {
  private static final Logger LOG = System.getLogger(Registry.class.getName());

  private record Effective(String changes, UnitConfig config) {}

  private final Json json;
  private final Map<String, RegisteredUnit> units = new ConcurrentHashMap<>();
  private final Map<String, Effective> effective = new ConcurrentHashMap<>();
  private volatile List<String> ids = List.of();

  public Registry(Json json) {
    this.json = json;
  }

  public void add(RegisteredUnit unit) {
    String id = unit.id().value();
    units.put(id, unit);
    effective.remove(id);
    ids = List.copyOf(units.keySet());
  }

  void remove(String id) {
    units.remove(id);
    effective.remove(id);
    ids = List.copyOf(units.keySet());
  }

  /** Calls the hooks of a unit, when this node knows it. */
  public void withHooks(String id, Consumer<RunHooks> call) {
    RegisteredUnit unit = find(id);
    if (unit != null) {
      unit.withHooks(call);
    }
  }

  public @Nullable RegisteredUnit find(String id) {
    return units.get(id);
  }

  /** Returns a worker; null when the unit is unknown or no worker. */
  public @Nullable RegisteredWorker worker(String id) {
    return units.get(id) instanceof RegisteredWorker worker ? worker : null;
  }

  /** Returns a process; null when the unit is unknown or no process. */
  public @Nullable RegisteredProcess process(String id) {
    return units.get(id) instanceof RegisteredProcess process ? process : null;
  }

  public Collection<RegisteredUnit> all() {
    return units.values();
  }

  /** Returns the ids of the processes that have a worker, in their order. */
  List<String> processesWith(String worker) {
    return units.values().stream()
        .filter(RegisteredProcess.class::isInstance)
        .map(RegisteredProcess.class::cast)
        .filter(process -> process.body().workers().contains(worker))
        .map(process -> process.id().value())
        .sorted()
        .toList();
  }

  /** Ids of all known units. */
  public List<String> ids() {
    return ids;
  }

  /**
   * Returns the configuration in force.
   *
   * @param unit a known unit
   * @param changes what was changed at runtime, as JSON; no longer fitting changes are passed over
   */
  public UnitConfig config(RegisteredUnit unit, String changes) {
    String id = unit.id().value();
    Effective known = effective.get(id);
    if (known != null && known.changes.equals(changes)) {
      return known.config;
    }
    UnitConfig config = unit.config();
    try {
      config = UnitSettings.apply(config, json.readTexts(changes));
    } catch (InvalidConfigurationException e) {
      LOG.log(
          Level.WARNING, "What was changed of unit {0} no longer fits: {1}", id, e.getMessage());
    }
    effective.put(id, new Effective(changes, config));
    return config;
  }

  /** Returns a worker's configuration in force. */
  public WorkerConfig config(RegisteredWorker worker, String changes) {
    return (WorkerConfig) config((RegisteredUnit) worker, changes);
  }

  /** Returns a process's configuration in force. */
  ProcessConfig config(RegisteredProcess process, String changes) {
    return (ProcessConfig) config((RegisteredUnit) process, changes);
  }

  /** Returns a worker's configuration in force as last seen. */
  public WorkerConfig config(RegisteredWorker worker) {
    return (WorkerConfig) config((RegisteredUnit) worker);
  }

  /** Returns the configuration in force as last seen. */
  public UnitConfig config(RegisteredUnit unit) {
    Effective known = effective.get(unit.id().value());
    return known == null ? unit.config() : known.config;
  }
}
