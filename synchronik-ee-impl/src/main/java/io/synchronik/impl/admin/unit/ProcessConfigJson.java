package io.synchronik.impl.admin.unit;

import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.process.ProcessConfig;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The configuration of a process; its {@code mode} is the run mode. */
@Schema(name = "ProcessConfig")
public record ProcessConfigJson(
    @Nullable @Schema(example = "PT15M") String every,
    @Nullable @Schema(enumeration = {"fixed-rate", "fixed-delay"}) String intervalMode,
    @Nullable String initialDelay,
    @Nullable @Schema(example = "0 0 3 * * ?") String cron,
    @Nullable @Schema(example = "Europe/Oslo") String zone,
    @Nullable String jitter,
    @Schema(enumeration = {"fire-once", "skip", "catch-up"}) String misfire,
    @Nullable @Schema(description = "none for a cron expression with the default")
        String misfireThreshold,
    @Schema(enumeration = {"skip", "queue", "allow"}) String overlap,
    @Schema(enumeration = {"sequential", "parallel", "batched", "isolated", "graph"}) String mode,
    @Schema(description = "workers per group; used when batched") int batchSize,
    @Schema(description = "between two workers; used when isolated") String isolationDelay,
    @Schema(enumeration = {"stop", "continue", "tolerate"}) String failurePolicy,
    long maxRuns)
    implements ConfigJson {

  public static ProcessConfigJson of(ProcessConfig config) {
    ScheduleTexts schedule = ScheduleTexts.of(config.schedule());
    return new ProcessConfigJson(
        schedule.every(),
        schedule.intervalMode(),
        schedule.initialDelay(),
        schedule.cron(),
        schedule.zone(),
        schedule.jitter(),
        EnumText.write(config.misfire().policy()),
        ScheduleTexts.threshold(config.misfire(), config.schedule()),
        EnumText.write(config.overlap()),
        EnumText.write(config.order().mode()),
        config.order().batchSize(),
        config.order().isolationDelay().toString(),
        EnumText.write(config.failurePolicy()),
        config.maxRuns());
  }
}
