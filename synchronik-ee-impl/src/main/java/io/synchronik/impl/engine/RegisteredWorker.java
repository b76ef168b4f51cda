package io.synchronik.impl.engine;

import io.synchronik.unit.UnitId;
import io.synchronik.worker.WorkerConfig;

/**
 * A worker as this node knows it.
 *
 * @param id its id
 * @param name for people
 * @param description for people
 * @param enabled whether schedules run it at first
 * @param config by code and settings, without what was changed at runtime
 * @param target what runs
 */
public record RegisteredWorker(
    UnitId id,
    String name,
    String description,
    boolean enabled,
    WorkerConfig config,
    WorkTarget target) {
  /** How the description of a target begins whose code is in memory. */
  public static final String CODE_IN_MEMORY = "code in memory";
}
