package io.synchronik.impl.unit;

import io.synchronik.event.RunHooks;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.OutputLevel;
import io.synchronik.impl.tx.JsonTypes;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.unit.UnitId;
import io.synchronik.worker.WorkerConfig;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A worker as this node knows it.
 *
 * @param id its id
 * @param name for people
 * @param description for people
 * @param switches what is on
 * @param config by code and settings, without what was changed at runtime
 * @param target what runs
 */
public record RegisteredWorker(
    UnitId id,
    String name,
    String description,
    Switches switches,
    WorkerConfig config,
    WorkTarget target)
    implements RegisteredUnit {
  /**
   * What is on.
   *
   * @param enabled whether schedules run it at first
   * @param output what of its attempts is kept as their output
   */
  public record Switches(boolean enabled, OutputLevel output) {}

  /** How the description of a target begins whose code is in memory. */
  public static final String CODE_IN_MEMORY = "code in memory";

  @Override
  public boolean enabled() {
    return switches.enabled;
  }

  /**
   * Checks whether a configuration fits what runs.
   *
   * @throws InvalidConfigurationException if it does not
   */
  public static void check(WorkerConfig config, WorkTarget target) {
    ItemShape shape = target.items();
    if (!config.limits().isNone() && (shape == null || shape.manual())) {
      throw new InvalidConfigurationException("concurrency", Message.LIMITS_WITHOUT_ITEMS.with());
    }
    if (config.uniqueFor() != null && shape == null) {
      throw new InvalidConfigurationException("uniqueFor", Message.UNIQUE_WITHOUT_ITEMS.with());
    }
  }

  /** Returns why payloads of items cannot be read; empty when nothing speaks against it. */
  public static Optional<String> unreadablePayloads(ItemShape shape) {
    return JsonTypes.obstacle(shape.payload());
  }

  @Override
  public String implementation() {
    return target.description();
  }

  @Override
  public boolean sameAs(RegisteredUnit other) {
    return other instanceof RegisteredWorker worker && target.sameAs(worker.target);
  }

  @Override
  public void withHooks(Consumer<RunHooks> call) {
    if (target.hasHooks()) {
      try (WorkTarget.Opened opened = target.open()) {
        opened.hooks().ifPresent(call);
      }
    }
  }
}
