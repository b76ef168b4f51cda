package io.synchronik.impl.admin.journal;

import io.synchronik.event.ItemChanged;
import io.synchronik.event.ItemsReset;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Milestone;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCancelled;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitMisfired;
import io.synchronik.event.UnitRetried;
import io.synchronik.event.UnitSkipped;
import io.synchronik.event.UnitStarted;
import io.synchronik.event.UnitUpdated;
import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.impl.admin.json.FailureJson;
import io.synchronik.impl.admin.json.RecordJson;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.run.Failure;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An entry of the journal. */
@Schema(
    name = "Event",
    description =
        """
        An entry of the journal, with more properties by its type: start: cause; complete: cause, \
        durationMs, result; error: cause, attempts, failure; milestone: milestone, payload; \
        updated: reason, status; skip: cause, reason; cancel: reason; retry: attempt, \
        nextAttemptAt, failure; misfire: scheduledAt, missed, policy; item: item, change, attempt, \
        failure. Results, payloads and error \
        texts are there only for those who may see them.\
        """)
public record EventJson(
    @Schema(description = "consecutive, from 1; the id of the event in the stream") long position,
    @Schema(description = "stable over repeated announcements") String id,
    @Schema(
            enumeration = {
              "start",
              "complete",
              "error",
              "milestone",
              "updated",
              "skip",
              "cancel",
              "retry",
              "misfire",
              "item"
            })
        String type,
    Instant at,
    String node,
    @Nullable String unit,
    @Nullable String run,
    @RecordJson.Inline @Schema(hidden = true) Map<String, @Nullable Object> details)
    implements Answer {

  public static EventJson of(JournalEntry entry, Sight sight) {
    SynchronikEvent event = entry.event();
    UnitId unit = event.origin().unit();
    RunId run = event.origin().run();
    return new EventJson(
        entry.position(),
        event.eventId(),
        EnumText.write(event.type()),
        event.at(),
        event.node(),
        unit == null ? null : unit.value(),
        run == null ? null : run.value(),
        details(event, sight));
  }

  private static Map<String, @Nullable Object> details(SynchronikEvent event, Sight sight) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    if (event instanceof UnitStarted it) {
      details.put("cause", it.cause());
    } else if (event instanceof UnitCompleted it) {
      details.put("cause", it.cause());
      details.put("durationMs", it.duration().toMillis());
      details.put("result", sight.of(it.result()));
    } else if (event instanceof UnitFailed it) {
      details.put("cause", it.cause());
      details.put("attempts", it.attempts());
      details.put("failure", FailureJson.of(it.failure(), sight));
    } else if (event instanceof Milestone it) {
      details.put("milestone", it.milestoneId());
      details.put("payload", sight.of(it.content()));
    } else if (event instanceof UnitUpdated it) {
      details.put("reason", it.reason());
      details.put("status", it.status());
    } else if (event instanceof UnitSkipped it) {
      details.put("cause", it.cause());
      details.put("reason", it.reason());
    } else if (event instanceof UnitCancelled it) {
      details.put("reason", it.reason());
    } else if (event instanceof UnitRetried it) {
      details.put("attempt", it.attempt());
      details.put("nextAttemptAt", it.nextAttemptAt());
      details.put("failure", FailureJson.of(it.failure(), sight));
    } else if (event instanceof ItemsReset it) {
      details.put("items", it.items());
      details.put("failure", it.failure());
      details.put("group", it.group());
    } else if (event instanceof ItemChanged it) {
      details.put("item", it.item().toString());
      details.put("change", it.change());
      details.put("attempt", it.attempt());
      Failure failure = it.failure();
      details.put("failure", failure == null ? null : FailureJson.of(failure, sight));
    } else if (event instanceof UnitMisfired it) {
      details.put("scheduledAt", it.scheduledAt());
      details.put("missed", it.missed());
      details.put("policy", it.policy());
    }
    return details;
  }
}
