package io.synchronik.impl.admin.flow;

import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.impl.admin.json.FailureJson;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.impl.admin.run.RunJson;
import io.synchronik.process.ProcessRunView;
import io.synchronik.process.WorkerVerdict;
import io.synchronik.run.RunId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a worker stands in a run of a process. */
@Schema(name = "RunNode")
record RunNodeJson(
    @Schema(description = "id of the unit") String worker,
    @Schema(
            enumeration = {
              "pending",
              "delayed",
              "ready",
              "running",
              "completed",
              "failed",
              "skipped",
              "canceled"
            })
        String state,
    @Nullable
        @Schema(
            description = "absent while there is none",
            enumeration = {"completed", "failed", "skipped", "canceled"})
        String verdict,
    @Nullable @Schema(description = "why it was skipped or cancelled") String reason,
    @Nullable @Schema(description = "id of the worker's run, when it has one") String run,
    @Schema(description = "how many were begun") int attempts,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable @Schema(description = "from the start of the first attempt to the end")
        Long durationMs,
    @Nullable @Schema(description = "of the latest failed attempt") FailureJson failure) {

  static RunNodeJson of(ProcessRunView.WorkerRun worker, Sight sight) {
    ProcessRunView.Execution execution = worker.execution();
    RunId run = worker.run();
    return new RunNodeJson(
        worker.worker().value(),
        EnumText.write(worker.state()),
        worker.verdict().map(WorkerVerdict::verdict).map(EnumText::write).orElse(null),
        worker.reason(),
        run == null ? null : run.value(),
        execution.attempts(),
        execution.startedAt(),
        execution.endedAt(),
        RunJson.millis(execution.startedAt(), execution.endedAt()),
        FailureJson.of(execution.failure(), sight));
  }
}
