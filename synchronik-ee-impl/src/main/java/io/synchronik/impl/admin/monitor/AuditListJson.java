package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.monitor.AuditEntry;
import io.synchronik.run.Page;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of what people did. */
@Schema(name = "AuditList")
record AuditListJson(
    @Schema(description = "newest first") List<AuditJson> items,
    @Nullable @Schema(description = "'before' of the following page; absent on the last")
        String next)
    implements Answer {

  /** Something that somebody did. */
  @Schema(name = "AuditEntry")
  record AuditJson(
      String id,
      Instant at,
      @Nullable @Schema(description = "absent for code in whose thread nobody is logged in")
          String by,
      @Nullable
          @Schema(
              description =
                  "from where it was asked for over HTTP, as the server tells; only for those who"
                      + " may do more than look")
          String address,
      @Schema(example = "pause") String action,
      @Schema(
              enumeration = {
                "unit",
                "run",
                "item",
                "pool",
                "task",
                "milestone",
                "engine",
                "node",
                "bulk"
              })
          String kind,
      @Schema(description = "id or name; of a task that of its pool, a slash and its id")
          String target,
      @Nullable @Schema(description = "what was changed, as it was before") String before,
      @Nullable
          @Schema(
              description =
                  "what it has become: settings as JSON, the id of a new run, how many of"
                      + " something")
          String after,
      @Nullable @Schema(description = "why, as was said") String reason) {

    private static AuditJson of(AuditEntry entry, boolean addresses) {
      AuditEntry.What what = entry.what();
      return new AuditJson(
          entry.id(),
          entry.at(),
          entry.who().by(),
          addresses ? entry.who().address() : null,
          what.action(),
          what.kind(),
          what.target(),
          what.before(),
          what.after(),
          entry.reason());
    }
  }

  static AuditListJson of(Page<AuditEntry> page, boolean addresses) {
    return new AuditListJson(
        page.items().stream().map(entry -> AuditJson.of(entry, addresses)).toList(), page.next());
  }
}
