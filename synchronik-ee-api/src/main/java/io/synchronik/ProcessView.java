package io.synchronik;

import io.synchronik.process.ProcessConfig;
import io.synchronik.process.ProcessGraph;

/**
 * A process at one moment. Immutable.
 *
 * @param unit the process as a unit
 * @param config the configuration in force
 * @param graph its workers and what runs after what, as the next run would have them
 */
public record ProcessView(UnitView unit, ProcessConfig config, ProcessGraph graph) {}
