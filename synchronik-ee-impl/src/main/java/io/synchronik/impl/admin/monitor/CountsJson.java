package io.synchronik.impl.admin.monitor;

import io.synchronik.monitor.RunCounts;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many runs began and ended in some time. */
@Schema(name = "RunCounts")
record CountsJson(
    long started,
    long completed,
    long failed,
    long canceled,
    long skipped,
    @Schema(description = "attempts that failed and were to be tried again") long retried,
    @Schema(description = "due times that were missed") long misfired,
    @Schema(description = "of completed and failed runs") long durationSumMs,
    long durationMaxMs,
    LateJson late) {

  /** How late runs of schedules began. */
  @Schema(name = "Lateness", description = "How long after their due times runs of schedules began")
  record LateJson(
      long runs,
      long sumMs,
      long maxMs,
      @Schema(description = "19 of 20 runs were not later, up to the next bound") long p95Ms,
      @Schema(
              description =
                  "runs that were late by at most 50, 100, 200, 500 ms, 1, 2, 5, 10, 30 s, 1, 5,"
                      + " 15 min, 1 h, and more than the bound before; the last are later")
          List<Long> histogram) {}

  static CountsJson of(RunCounts counts) {
    RunCounts.Ends ends = counts.ends();
    return new CountsJson(
        counts.started(),
        ends.completed(),
        ends.failed(),
        ends.canceled(),
        ends.skipped(),
        counts.retried(),
        counts.misfired(),
        counts.durations().sum().toMillis(),
        counts.durations().longest().toMillis(),
        new LateJson(
            counts.lateness().runs(),
            counts.lateness().sum().toMillis(),
            counts.lateness().longest().toMillis(),
            counts.lateness().percentile(0.95).toMillis(),
            counts.lateness().histogram()));
  }
}
