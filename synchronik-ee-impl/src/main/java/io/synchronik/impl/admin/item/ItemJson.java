package io.synchronik.impl.admin.item;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.impl.admin.json.FailureJson;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.impl.admin.run.RunJson;
import io.synchronik.item.ItemView;
import jakarta.json.JsonValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A work item. */
@Schema(name = "Item")
record ItemJson(
    @Schema(example = "17-4005") String id,
    @Schema(description = "id of the run that it belongs to") String run,
    @Schema(enumeration = {"initialized", "started", "completed", "failed", "canceled"})
        String state,
    @Nullable @Schema(description = "only for those who may see payloads") String key,
    @Nullable @Schema(description = "as key") String mutex,
    int priority,
    @Nullable @Schema(description = "not started before") Instant dueAt,
    @Nullable @Schema(description = "by when it must be final") Instant deadline,
    @Nullable @Schema(description = "of the present or last attempt") Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable @Schema(description = "of the last attempt, when it is final") Long durationMs,
    @Schema(description = "number of the present or last attempt, from 1; 0 before") int attempt,
    @Nullable @Schema(description = "name of the node, or who started it from outside") String by,
    @Nullable @Schema(description = "of the latest failed attempt, or why it was withdrawn")
        FailureJson failure,
    @Nullable
        @Schema(
            type = SchemaType.OBJECT,
            description = "any JSON value; only for those who may see payloads, and not in lists")
        JsonValue payload,
    @Nullable @Schema(type = SchemaType.OBJECT, description = "as payload") JsonValue result)
    implements Answer {

  static ItemJson of(ItemView item, Sight sight) {
    ItemView.Times times = item.times();
    ItemView.Execution execution = item.execution();
    return new ItemJson(
        item.id().toString(),
        item.run().value(),
        EnumText.write(item.state()),
        sight.payloads() ? item.asked().key() : null,
        sight.payloads() ? item.asked().mutex() : null,
        item.asked().priority(),
        times.dueAt(),
        times.deadline(),
        times.startedAt(),
        times.endedAt(),
        RunJson.millis(times.startedAt(), times.endedAt()),
        execution.attempt(),
        execution.by(),
        FailureJson.of(execution.failure(), sight),
        sight.detailed() ? sight.of(item.asked().payload()) : null,
        sight.detailed() ? sight.of(execution.result()) : null);
  }
}
