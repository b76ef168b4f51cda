package io.synchronik.impl.admin.unit;

import io.synchronik.unit.UnitStatistics;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Numbers over a unit's runs; durations are of completed runs. */
@Schema(
    name = "Statistics",
    description = "Numbers over a unit's runs; durations of completed runs")
record StatisticsJson(
    @Schema(description = "runs that really ran to an end") long runs,
    long completed,
    long failed,
    double averageMs,
    long minMs,
    long maxMs,
    long totalMs,
    @Nullable @Schema(description = "the latest first, at most 100; not in lists")
        List<Long> latestMs) {

  static StatisticsJson of(UnitStatistics statistics, boolean detailed) {
    UnitStatistics.Durations durations = statistics.durations();
    return new StatisticsJson(
        statistics.runs(),
        statistics.completed(),
        statistics.failed(),
        statistics.averageMillis(),
        durations.min().toMillis(),
        durations.max().toMillis(),
        statistics.totalDuration().toMillis(),
        detailed ? durations.latest().stream().map(Duration::toMillis).toList() : null);
  }
}
