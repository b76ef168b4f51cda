package io.synchronik.impl.admin.flow;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.impl.admin.run.RunJson;
import io.synchronik.process.ProcessRunView;
import io.synchronik.run.RunView;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A run of a process with where its workers stand. */
@Schema(name = "RunGraph")
record RunGraphJson(
    String id,
    String unit,
    @Schema(description = "as that of Run") String state,
    @Schema(enumeration = {"schedule", "manual", "retry"}) String cause,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Long durationMs,
    @Schema(enumeration = {"sequential", "parallel", "batched", "isolated", "graph"}) String mode,
    @Schema(enumeration = {"stop", "continue", "tolerate"}) String failurePolicy,
    @Schema(description = "in the order of the definition") List<RunNodeJson> nodes,
    List<EdgeJson> edges)
    implements Answer {

  static RunGraphJson of(ProcessRunView process, Sight sight) {
    RunView run = process.run();
    RunView.Times times = run.times();
    return new RunGraphJson(
        run.id().value(),
        run.unit().value(),
        EnumText.write(run.state()),
        EnumText.write(run.origin().cause()),
        times.startedAt(),
        times.endedAt(),
        RunJson.millis(times.startedAt(), times.endedAt()),
        EnumText.write(process.graph().order().mode()),
        EnumText.write(process.graph().failurePolicy()),
        process.workers().stream().map(worker -> RunNodeJson.of(worker, sight)).toList(),
        EdgeJson.of(process.graph().edges()));
  }
}
