package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.monitor.Calendar;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Starts by time, past and coming. */
@Schema(name = "Calendar")
record CalendarJson(
    @Schema(description = "the database's time, which parts past from coming ones") Instant at,
    Instant from,
    Instant to,
    @Schema(description = "length of the buckets; at least an hour of what is older than 8 days")
        long bucketSeconds,
    @Schema(description = "those with anything in them, in their order") List<BucketJson> buckets,
    @Nullable
        @Schema(
            description =
                "coming starts are counted up to this time, as there are more than 100,000 behind"
                    + " it; absent when all are")
        Instant computedTo,
    @Nullable
        @Schema(
            description =
                "past starts are counted from this time on, as there are more than 100,000 before"
                    + " it; absent when all are that are kept")
        Instant countedFrom)
    implements Answer {

  /** One bucket. */
  @Schema(name = "CalendarBucket")
  record BucketJson(
      Instant from,
      @Schema(description = "runs that began, whatever for") long started,
      @Schema(description = "runs that failed in it") long failed,
      @Schema(description = "due times that were missed, when that was noticed") long misfired,
      @Schema(description = "due times to come, as schedules, pauses and flags stand")
          long coming) {}

  static CalendarJson of(Instant from, Instant to, Calendar calendar) {
    return new CalendarJson(
        calendar.at(),
        from,
        to,
        calendar.interval().toSeconds(),
        calendar.intervals().stream()
            .map(
                one ->
                    new BucketJson(
                        one.from(), one.started(), one.failed(), one.misfired(), one.coming()))
            .toList(),
        calendar.computedTo(),
        calendar.countedFrom());
  }
}
