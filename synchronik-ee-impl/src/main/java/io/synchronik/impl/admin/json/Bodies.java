package io.synchronik.impl.admin.json;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What requests may carry, for the OpenAPI document; {@link RequestJson} reads them. */
public final class Bodies {
  private Bodies() {}

  @Schema(name = "Pause")
  public record Pause(
      @Schema(description = "when it ends by itself; absent for never") Instant until) {}

  @Schema(name = "Status")
  public record Status(
      @Schema(
              required = true,
              enumeration = {"idle", "paused", "completed", "error"})
          String status) {}

  @Schema(name = "RunRequest")
  public record Run(
      @Schema(type = SchemaType.OBJECT, description = "any JSON value") Object payload,
      @Schema(description = "whether a disabled or paused unit runs all the same") boolean force,
      @Schema(
              maxLength = 200,
              description =
                  "makes asking repeatable: when the unit has a run with this key already, that run"
                      + " is the answer. May be given as the header Idempotency-Key instead")
          String key) {}

  @Schema(name = "PoolRequest")
  public record Pool(
      @Schema(
              required = true,
              minimum = "1",
              maximum = "10000",
              description = "how many tasks may run at once in all of the cluster")
          int size) {}

  @Schema(name = "PoolTaskRequest")
  public record Task(
      @Schema(
              required = true,
              minLength = 1,
              maxLength = 200,
              description = "no other task of the pool that has not ended may have it")
          String name,
      @Schema(required = true, description = "id of the worker") String worker,
      @Schema(description = "tasks with a higher one begin first; 0 by default") int priority,
      @Schema(type = SchemaType.OBJECT, description = "any JSON value") Object payload) {}

  @Schema(name = "PoolTaskChange")
  public record TaskChange(
      @Schema(description = "absent to leave it") Integer priority,
      @Schema(
              type = SchemaType.OBJECT,
              description = "any JSON value; null takes it away, absent leaves it")
          Object payload) {}

  @Schema(name = "MilestoneRequest")
  public record Announcement(
      @Schema(type = SchemaType.OBJECT, description = "any JSON value") Object payload) {}

  @Schema(name = "NewItem")
  public record Item(
      @Schema(type = SchemaType.OBJECT, description = "any JSON value") Object payload,
      @Schema(maxLength = 200, description = "unique among the items of the run") String key,
      @Schema(
              maxLength = 200,
              description = "of those with the same one, one at a time is worked on")
          String mutex,
      @Schema(description = "items with a higher one are started first; default 0") int priority,
      @Schema(description = "not started before; absent for at once") Instant dueAt,
      @Schema(description = "if it is not final by then, it fails; absent for never")
          Instant deadline) {}

  @Schema(name = "ItemRetryRequest")
  public record ItemRetry(
      @Schema(
              maxLength = 500,
              description =
                  "only items whose latest failure's type or message contains this text; absent for"
                      + " all")
          String failure,
      @Schema(
              description =
                  "instead of failure: only items with a failure of this group, as the list of"
                      + " failures tells it")
          String group) {}

  @Schema(name = "ItemResult")
  public record ItemResult(
      @Schema(type = SchemaType.OBJECT, description = "any JSON value") Object result) {}

  @Schema(name = "ItemFailure")
  public record ItemFailure(
      @Schema(required = true, maxLength = 1000, description = "kept as the failure's message")
          String reason) {}

  @Schema(name = "ItemCancellation")
  public record ItemCancellation(
      @Schema(maxLength = 1000, description = "recorded; absent for who asks") String reason) {}

  @Schema(name = "BulkRequest")
  public record Bulk(
      @Schema(
              required = true,
              enumeration = {"retry", "cancel", "pause", "resume", "enable", "disable"},
              description = "retry and cancel are for runs and items, the others for units")
          String action,
      @Schema(
              required = true,
              enumeration = {"runs", "items", "units"})
          String over,
      @Schema(
              type = SchemaType.OBJECT,
              description =
                  "of runs: ids, unit, states, group, from, to; of items: ids, run, unit, group,"
                      + " failure; of units: ids, kind, statuses, q. Absent for all")
          Object filter,
      @Schema(
              minimum = "0",
              description =
                  "how many there were by the last count: refused when there are others by more"
                      + " than a twentieth and by more than ten; absent for however many")
          Integer expected) {}
}
