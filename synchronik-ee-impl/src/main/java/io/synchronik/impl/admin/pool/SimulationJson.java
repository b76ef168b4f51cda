package io.synchronik.impl.admin.pool;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.pool.PoolSimulation;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What would begin in a pool. */
@Schema(name = "PoolSimulation")
record SimulationJson(
    @Schema(example = "Execution sequence: 1. a, 2. b") String text,
    @Schema(description = "in the order in which they would begin") List<PlannedJson> tasks)
    implements Answer {

  /** A task that would begin. */
  @Schema(name = "PlannedTask")
  record PlannedJson(
      long id,
      String name,
      @Schema(description = "whether there is a place for it now") boolean atOnce) {}

  static SimulationJson of(PoolSimulation simulation) {
    return new SimulationJson(
        simulation.text(),
        simulation.tasks().stream()
            .map(task -> new PlannedJson(task.id(), task.name(), task.atOnce()))
            .toList());
  }
}
