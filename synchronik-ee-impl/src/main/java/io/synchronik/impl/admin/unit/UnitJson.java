package io.synchronik.impl.admin.unit;

import io.synchronik.SynchronikManager;
import io.synchronik.UnitView;
import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.impl.admin.json.ProblemException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A unit. */
@Schema(name = "Unit")
public record UnitJson(
    @Schema(example = "price-import") String id,
    @Schema(enumeration = {"worker", "process"}) String kind,
    @Schema(enumeration = {"idle", "running", "paused", "completed", "error"}) String status,
    String name,
    String description,
    String implementation,
    @Schema(description = "whether the answering node has its code") boolean known,
    @Schema(description = "whether its runs have work items; false without its code") boolean items,
    @Schema(description = "whether schedules run it") boolean enabled,
    boolean paused,
    @Nullable String pausedBy,
    @Nullable @Schema(description = "when the pause ends by itself") Instant pausedUntil,
    @Nullable Instant nextDue,
    @Schema(description = "at most five, nextDue first") List<Instant> upcoming,
    long misfires,
    @Nullable @Schema(description = "id of the latest run that started") String lastRun,
    @Nullable Instant lastStartedAt,
    @Nullable Instant lastCompletedAt,
    ConfigJson config,
    StatisticsJson statistics)
    implements Answer {

  /** Finds a unit and shows all of it. */
  static UnitJson find(SynchronikManager manager, String id) {
    return manager
        .getUnitById(AdminResource.known(id))
        .map(unit -> UnitJson.of(unit, true))
        .orElseThrow(() -> ProblemException.notFound("No unit has the id '" + id + "'"));
  }

  public static UnitJson of(UnitView unit, boolean detailed) {
    UnitView.Identity identity = unit.identity();
    UnitView.Control control = unit.control();
    UnitView.Timing timing = unit.timing();
    return new UnitJson(
        identity.id().value(),
        EnumText.write(identity.kind()),
        EnumText.write(unit.status()),
        identity.name(),
        identity.description(),
        identity.implementation(),
        identity.known(),
        identity.items(),
        control.enabled(),
        control.paused(),
        control.pausedBy(),
        control.pausedUntil(),
        timing.nextDue(),
        timing.upcoming(),
        timing.misfires(),
        timing.lastRun(),
        timing.lastStartedAt(),
        timing.lastCompletedAt(),
        ConfigJson.of(unit.config()),
        StatisticsJson.of(unit.statistics(), detailed));
  }
}
