package io.synchronik.impl.admin;

import io.synchronik.schedule.Schedule;
import io.synchronik.worker.WorkerConfig;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A configuration under the names that {@code PATCH …/config} takes. */
@Schema(
    name = "Config",
    description =
        "The configuration in force, under the names that PATCH takes; durations in ISO-8601")
record ConfigJson(
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
    @Nullable String timeout,
    long maxRuns) {

  static ConfigJson of(WorkerConfig config) {
    Schedule schedule = config.schedule();
    Schedule.Every every = schedule instanceof Schedule.Every it ? it : null;
    Schedule.Cron cron = schedule instanceof Schedule.Cron it ? it : null;
    return new ConfigJson(
        every == null ? null : every.interval().toString(),
        every == null ? null : EnumText.write(every.mode()),
        every == null ? null : every.initialDelay().toString(),
        cron == null ? null : cron.expression(),
        cron == null ? null : cron.zone().getId(),
        schedule == null ? null : schedule.jitter().toString(),
        EnumText.write(config.misfire().policy()),
        config.misfire().threshold().toString(),
        EnumText.write(config.overlap()),
        config.retry().maxRetries(),
        config.retry().delay().toString(),
        config.retry().factor(),
        config.retry().maxDelay().toString(),
        config.retry().jitter(),
        text(config.timeout()),
        config.maxRuns());
  }

  private static @Nullable String text(@Nullable Duration value) {
    return value == null ? null : value.toString();
  }
}
