package io.synchronik.impl.unit;

import io.synchronik.event.RunHooks;
import io.synchronik.impl.settings.unit.UnitSettings;
import io.synchronik.impl.tx.Json;
import io.synchronik.process.ProcessConfig;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.unit.UnitConfig;
import io.synchronik.worker.WorkerConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What this node can run: code, and the configuration in force. */
public final class Registry {
  private static final Logger LOG = System.getLogger(Registry.class.getName());

  private static final Duration MOST_WAITED = Duration.ofSeconds(10);

  private record Effective(String changes, UnitConfig config) {}

  private record Proposal(RegisteredUnit unit, Thread by) {}

  private final Json json;

  /** In force: what was proposed last, else what is settled. */
  private final Map<String, RegisteredUnit> units = new ConcurrentHashMap<>();

  private final Map<String, RegisteredUnit> settled = new HashMap<>();

  /** What open transactions register. */
  private final Map<String, List<Proposal>> proposed = new HashMap<>();

  private final Map<String, Effective> effective = new ConcurrentHashMap<>();
  private volatile List<String> ids = List.of();

  public Registry(Json json) {
    this.json = json;
  }

  /** Takes a unit in for good. */
  public synchronized void add(RegisteredUnit unit) {
    String id = unit.id().value();
    drop(unit);
    settled.put(id, unit);
    show(id);
  }

  /**
   * Takes a unit in until it is settled, unless another one has its id: returns that then. One that
   * an open transaction of another thread registers is waited for, as it may be rolled back.
   */
  synchronized @Nullable RegisteredUnit propose(RegisteredUnit unit) {
    String id = unit.id().value();
    awaitOthers(unit);
    RegisteredUnit known = units.get(id);
    if (known != null && !known.sameAs(unit)) {
      return known;
    }
    proposed
        .computeIfAbsent(id, key -> new ArrayList<>())
        .add(new Proposal(unit, Thread.currentThread()));
    show(id);
    return null;
  }

  private synchronized void awaitOthers(RegisteredUnit unit) {
    long deadline = System.nanoTime() + MOST_WAITED.toNanos();
    long millis = MOST_WAITED.toMillis();
    while (millis > 0 && isContested(unit)) {
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }

  private boolean isContested(RegisteredUnit unit) {
    return proposed.getOrDefault(unit.id().value(), List.of()).stream()
        .anyMatch(other -> other.by != Thread.currentThread() && !other.unit.sameAs(unit));
  }

  /** Takes a proposed unit back; without effect when it is settled. */
  synchronized void withdraw(RegisteredUnit unit) {
    if (drop(unit)) {
      show(unit.id().value());
    }
  }

  private boolean drop(RegisteredUnit unit) {
    List<Proposal> open = proposed.getOrDefault(unit.id().value(), List.of());
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i).unit == unit) {
        open.remove(i);
        return true;
      }
    }
    return false;
  }

  synchronized void remove(String id) {
    settled.remove(id);
    show(id);
  }

  private synchronized void show(String id) {
    List<Proposal> open = proposed.getOrDefault(id, List.of());
    if (open.isEmpty()) {
      proposed.remove(id);
    }
    RegisteredUnit unit = open.isEmpty() ? settled.get(id) : open.get(open.size() - 1).unit;
    if (unit == null) {
      units.remove(id);
    } else {
      units.put(id, unit);
    }
    effective.remove(id);
    ids = List.copyOf(units.keySet());
    notifyAll();
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
