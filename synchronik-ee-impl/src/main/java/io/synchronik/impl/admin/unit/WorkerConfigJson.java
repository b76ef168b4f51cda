package io.synchronik.impl.admin.unit;

import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.worker.RateLimit;
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
    @Nullable @Schema(description = "none for a cron expression with the default")
        String misfireThreshold,
    @Schema(enumeration = {"skip", "queue", "allow"}) String overlap,
    int maxRetries,
    String retryDelay,
    double retryFactor,
    String retryMaxDelay,
    double retryJitter,
    @Schema(enumeration = {"retry", "fail"}) String onNodeLoss,
    @Nullable String timeout,
    long maxRuns,
    @Schema(description = "calls for items at once over all nodes; 0 for no limit") int concurrency,
    @Schema(description = "calls for items at once on each node; 0 for no limit")
        int nodeConcurrency,
    @Nullable @Schema(description = "limit that its items share with those of other workers")
        String queue,
    @Nullable @Schema(description = "items that may begin within a time", example = "100/1m")
        String rate,
    @Nullable
        @Schema(
            description = "for how long keys of its items are unique among all its runs",
            example = "P7D")
        String uniqueFor)
    implements ConfigJson {

  static WorkerConfigJson of(WorkerConfig config) {
    ScheduleTexts schedule = ScheduleTexts.of(config.schedule());
    Duration timeout = config.timeout();
    RateLimit rate = config.limits().rate();
    Duration uniqueFor = config.uniqueFor();
    return new WorkerConfigJson(
        schedule.every(),
        schedule.intervalMode(),
        schedule.initialDelay(),
        schedule.cron(),
        schedule.zone(),
        schedule.jitter(),
        EnumText.write(config.misfire().policy()),
        ScheduleTexts.threshold(config.misfire(), config.schedule()),
        EnumText.write(config.overlap()),
        config.retry().maxRetries(),
        config.retry().delay().toString(),
        config.retry().factor(),
        config.retry().maxDelay().toString(),
        config.retry().jitter(),
        EnumText.write(config.retry().onNodeLoss()),
        timeout == null ? null : timeout.toString(),
        config.maxRuns(),
        config.limits().concurrency(),
        config.limits().nodeConcurrency(),
        config.limits().queue(),
        rate == null ? null : rate.count() + "/" + rate.period(),
        uniqueFor == null ? null : uniqueFor.toString());
  }
}
