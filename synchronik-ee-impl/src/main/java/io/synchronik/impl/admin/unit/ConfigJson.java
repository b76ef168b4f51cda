package io.synchronik.impl.admin.unit;

import io.synchronik.process.ProcessConfig;
import io.synchronik.unit.UnitConfig;
import io.synchronik.worker.WorkerConfig;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A configuration under the names that {@code PATCH …/config} takes. */
@Schema(
    name = "Config",
    description =
        "The configuration in force, under the names that PATCH takes; durations in ISO-8601",
    oneOf = {WorkerConfigJson.class, ProcessConfigJson.class})
sealed interface ConfigJson permits WorkerConfigJson, ProcessConfigJson {

  static ConfigJson of(UnitConfig config) {
    if (config instanceof WorkerConfig worker) {
      return WorkerConfigJson.of(worker);
    }
    if (config instanceof ProcessConfig process) {
      return ProcessConfigJson.of(process);
    }
    throw new IllegalArgumentException("neither of a worker nor of a process: " + config);
  }
}
