package io.synchronik.impl.admin.run;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.impl.admin.json.FailureJson;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.run.Progress;
import io.synchronik.run.RunId;
import io.synchronik.run.RunView;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A run. */
@Schema(name = "Run")
public record RunJson(
    String id,
    @Schema(example = "price-import") String unit,
    @Schema(
            enumeration = {
              "submitted",
              "ready",
              "waiting",
              "running",
              "completed",
              "failed",
              "canceled",
              "skipped"
            })
        String state,
    @Schema(enumeration = {"schedule", "manual", "process", "retry", "pool"}) String cause,
    @Nullable @Schema(description = "id of the run of a process that it is part of") String process,
    @Nullable @Schema(description = "who asked for it; not with schedules") String requestedBy,
    @Nullable @Schema(description = "when the schedule was due") Instant scheduledAt,
    Instant submittedAt,
    @Nullable @Schema(description = "when the next attempt is due") Instant dueAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable @Schema(description = "from the start of the first attempt to the end")
        Long durationMs,
    @Schema(description = "number of the current or last attempt, from 1; 0 before") int attempt,
    @Nullable String node,
    @Nullable ProgressJson progress,
    @Nullable @Schema(description = "why it was skipped or cancelled") String reason,
    @Nullable FailureJson failure,
    @Nullable
        @Schema(
            type = SchemaType.OBJECT,
            description = "any JSON value; only for those who may see payloads, and not in lists")
        JsonValue payload,
    @Nullable @Schema(type = SchemaType.OBJECT, description = "as payload") JsonValue result)
    implements Answer {

  /** How far it has come. */
  @Schema(name = "Progress")
  record ProgressJson(
      long completed,
      @Schema(description = "0 when it is not known") long total,
      double percentage) {
    static @Nullable ProgressJson of(@Nullable Progress progress) {
      return progress == null
          ? null
          : new ProgressJson(progress.completed(), progress.total(), progress.percentage());
    }
  }

  public static RunJson of(RunView run, Sight sight) {
    RunView.Times times = run.times();
    RunView.Execution execution = run.execution();
    RunId process = run.origin().parent();
    return new RunJson(
        run.id().value(),
        run.unit().value(),
        EnumText.write(run.state()),
        EnumText.write(run.origin().cause()),
        process == null ? null : process.value(),
        run.origin().requestedBy(),
        times.scheduledAt(),
        times.submittedAt(),
        times.dueAt(),
        times.startedAt(),
        times.endedAt(),
        millis(times.startedAt(), times.endedAt()),
        execution.attempt(),
        execution.node(),
        ProgressJson.of(execution.progress()),
        execution.reason(),
        FailureJson.of(execution.failure(), sight),
        sight.detailed() ? sight.of(run.origin().payload()) : null,
        sight.detailed() ? sight.of(execution.result()) : null);
  }

  public static @Nullable Long millis(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null ? null : Duration.between(from, to).toMillis();
  }
}
