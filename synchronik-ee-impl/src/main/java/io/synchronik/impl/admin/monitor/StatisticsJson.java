package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.monitor.RunStatistics;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What happened to runs in a span of time. */
@Schema(name = "RunStatistics")
record StatisticsJson(
    Instant from,
    Instant to,
    @Schema(description = "length of the buckets, at least an hour for what is older than 8 days")
        long bucketSeconds,
    @Schema(description = "those in which something happened") List<BucketJson> buckets,
    CountsJson total)
    implements Answer {

  /** One bucket. */
  @Schema(name = "RunBucket")
  record BucketJson(Instant from, CountsJson counts) {}

  static StatisticsJson of(Instant from, Instant to, RunStatistics statistics) {
    return new StatisticsJson(
        from,
        to,
        statistics.interval().toSeconds(),
        statistics.intervals().stream()
            .map(one -> new BucketJson(one.from(), CountsJson.of(one.counts())))
            .toList(),
        CountsJson.of(statistics.total()));
  }
}
