package io.synchronik.impl.unit;

import io.synchronik.impl.net.plan.Net;
import io.synchronik.impl.net.plan.NetCompiler;
import io.synchronik.impl.net.plan.NetPlan;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.flow.DefinitionStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Tx;
import io.synchronik.process.ProcessConfig;
import io.synchronik.process.RunMode;
import io.synchronik.run.InvalidConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What processes were when their runs began: plans by unit and version, stored once, compiled once
 * per node.
 */
public final class ProcessModels {
  private record Key(String unit, String version) {}

  private record Model(NetPlan plan, Net net) {}

  private final Registry registry;
  private final Json json;
  private final DefinitionStore store = new DefinitionStore();
  private final Map<Key, Model> models = new ConcurrentHashMap<>();

  /** Of runs that were looked at lately. */
  private final Map<String, Key> ofRuns = Collections.synchronizedMap(new Latest());

  private static final class Latest extends LinkedHashMap<String, Key> {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 10_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Key> eldest) {
      return size() > MOST;
    }
  }

  /** What is known to be stored. */
  private final Set<Key> stored = ConcurrentHashMap.newKeySet();

  public ProcessModels(Registry registry, Json json) {
    this.registry = registry;
    this.json = json;
  }

  /** Returns the plan of a process under a configuration. */
  public static NetPlan plan(RegisteredProcess process, ProcessConfig config) {
    return new NetPlan(
        config.order(), config.failurePolicy(), process.body().workers(), process.body().links());
  }

  /**
   * Checks whether a configuration fits a process.
   *
   * @throws InvalidConfigurationException if its run mode does not
   */
  static void check(RegisteredProcess process, ProcessConfig config) {
    boolean graph = !process.body().links().isEmpty();
    RunMode mode = config.order().mode();
    if (graph != (mode == RunMode.GRAPH)) {
      throw new InvalidConfigurationException(
          "mode", Message.MODE_AND_LINKS.with(process.id(), graph ? "has" : "has no", mode));
    }
  }

  /** Returns the version of a process's definition by the configuration in force, and stores it. */
  public String version(Tx tx, RegisteredProcess process, String changes) {
    String model = PlanJson.write(json, plan(process, registry.config(process, changes)));
    String version = digest(model);
    Key key = new Key(process.id().value(), version);
    if (!stored.contains(key)) {
      store.define(tx.session(), key.unit, version, model, tx.now());
      tx.afterCommit(() -> stored.add(key));
    }
    return version;
  }

  public Net net(Tx tx, String unit, String version) {
    return model(tx, unit, version).net;
  }

  public NetPlan plan(Tx tx, String unit, String version) {
    return model(tx, unit, version).plan;
  }

  /** Remembers what a run began with. */
  public void remember(String run, String unit, String version) {
    ofRuns.putIfAbsent(run, new Key(unit, version));
  }

  /** Returns the plan that a run began with, when it was looked at lately. */
  public Optional<NetPlan> remembered(String run) {
    return Optional.ofNullable(ofRuns.get(run)).map(models::get).map(Model::plan);
  }

  /** Returns the plan that a run of a process began with; empty when there is no such run. */
  public Optional<NetPlan> plan(Tx tx, String run) {
    return store
        .definition(tx.session(), run)
        .map(
            definition -> {
              remember(run, definition.unit(), definition.version());
              return plan(tx, definition.unit(), definition.version());
            });
  }

  /** Returns the content of milestones about a run. */
  public String modeMilestone(Tx tx, String unit, String version) {
    RunMode mode = plan(tx, unit, version).order().mode();
    return json.writeMap(Map.of("runMode", mode.name().toLowerCase(Locale.ROOT)));
  }

  private Model model(Tx tx, String unit, String version) {
    Key key = new Key(unit, version);
    Model known = models.get(key);
    if (known != null) {
      return known;
    }
    String text =
        store
            .model(tx.session(), unit, version)
            .orElseThrow(
                () -> new IllegalStateException("no definition " + version + " of '" + unit + "'"));
    NetPlan plan = PlanJson.read(json, text);
    Model model = new Model(plan, NetCompiler.compile(plan));
    models.put(key, model);
    return model;
  }

  private static String digest(String model) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(model.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
