package io.synchronik.impl.admin.pool;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.impl.admin.json.FailureJson;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.impl.admin.run.RunJson;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import jakarta.json.JsonValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A task of a pool. */
@Schema(name = "PoolTask")
record PoolTaskJson(
    @Schema(example = "thumbnails") String pool,
    @Schema(description = "in its pool, from 1") long id,
    String name,
    @Schema(enumeration = {"pending", "paused", "running", "completed", "error", "canceled"})
        String state,
    @Nullable @Schema(description = "absent for code in memory", example = "render-thumbnail")
        String worker,
    @Schema(description = "false for code in memory, which ends with its node") boolean durable,
    @Schema(description = "tasks with a higher one begin first") int priority,
    @Nullable String requestedBy,
    Instant addedAt,
    @Nullable @Schema(description = "when it got a place") Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable @Schema(description = "from its place to its end") Long durationMs,
    @Nullable @Schema(description = "id of the run that works on it") String run,
    @Nullable @Schema(description = "who cancelled it") String reason,
    @Nullable FailureJson failure,
    @Nullable
        @Schema(
            type = SchemaType.OBJECT,
            description = "any JSON value; only for those who may see payloads, and not in lists")
        JsonValue payload,
    @Nullable @Schema(type = SchemaType.OBJECT, description = "as payload") JsonValue result)
    implements Answer {

  static PoolTaskJson of(PoolTaskView task, Sight sight) {
    PoolTaskView.Given given = task.given();
    PoolTaskView.Times times = task.times();
    PoolTaskView.Outcome outcome = task.outcome();
    UnitId worker = given.worker();
    RunId run = outcome.run();
    return new PoolTaskJson(
        task.pool(),
        task.id(),
        task.name(),
        EnumText.write(task.state()),
        worker == null ? null : worker.value(),
        given.durable(),
        given.priority(),
        given.requestedBy(),
        times.addedAt(),
        times.startedAt(),
        times.endedAt(),
        RunJson.millis(times.startedAt(), times.endedAt()),
        run == null ? null : run.value(),
        outcome.reason(),
        FailureJson.of(outcome.failure(), sight),
        sight.detailed() ? sight.of(given.payload()) : null,
        sight.detailed() ? sight.of(outcome.result()) : null);
  }
}
