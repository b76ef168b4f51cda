package io.synchronik.impl.admin;

import io.synchronik.worker.WorkerConfig;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The configuration of a worker. */
@Schema(name = "WorkerConfig")
record WorkerConfigJson(
    @Nullable @Schema(example = "PT15M") String every,
    @Nullable @Schema(enumeration = {"fixed-rate", "fixed-delay"}) String mode,
    @Nullable String initialDelay,
    @Nullable @Schema(example = "0 0 3 * * ?") String cron,
    @Nullable @Schema(example = "Europe/Oslo") String zone,
    @Nullable String jitter,
    @Schema(enumeration = {"fire-once", "skip", "catch-up"}) String misfire,
    String misfireThreshold,
    @Schema(enumeration = {"skip", "queue", "allow"}) String overlap,
    int maxRetries,
    String retryDelay,
    double retryFactor,
    String retryMaxDelay,
    double retryJitter,
    @Schema(enumeration = {"retry", "fail"}) String onNodeLoss,
    @Nullable String timeout,
    long maxRuns)
    implements ConfigJson {

  static WorkerConfigJson of(WorkerConfig config) {
    ScheduleTexts schedule = ScheduleTexts.of(config.schedule());
    Duration timeout = config.timeout();
    return new WorkerConfigJson(
        schedule.every(),
        schedule.intervalMode(),
        schedule.initialDelay(),
        schedule.cron(),
        schedule.zone(),
        schedule.jitter(),
        EnumText.write(config.misfire().policy()),
        config.misfire().threshold().toString(),
        EnumText.write(config.overlap()),
        config.retry().maxRetries(),
        config.retry().delay().toString(),
        config.retry().factor(),
        config.retry().maxDelay().toString(),
        config.retry().jitter(),
        EnumText.write(config.retry().onNodeLoss()),
        timeout == null ? null : timeout.toString(),
        config.maxRuns());
  }
}
