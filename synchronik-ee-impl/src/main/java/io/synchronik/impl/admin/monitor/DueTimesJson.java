package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.monitor.DueTime;
import io.synchronik.monitor.DueTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Due times of a unit, with what became of them. */
@Schema(name = "DueTimes")
record DueTimesJson(
    @Schema(description = "in their order") List<DueJson> items,
    @Nullable
        @Schema(
            description =
                "since when it is known what schedule the unit has had: before that there are those"
                    + " due times alone of which something is kept; absent when it is not known")
        Instant knownFrom,
    @Nullable @Schema(description = "'from' of the following page; absent on the last")
        Instant next)
    implements Answer {

  /** A due time. */
  @Schema(name = "DueTime")
  record DueJson(
      @Schema(description = "without jitter") Instant at,
      @Schema(
              description =
                  "ran: it got a run, whose state says how far that is; skipped, paused: it got"
                      + " none to execute; misfired: nobody fired it in time, and it got none;"
                      + " disabled: the unit was, or is; due: nobody has fired it yet; coming;"
                      + " unknown: nothing is kept of it",
              enumeration = {
                "ran",
                "skipped",
                "paused",
                "misfired",
                "disabled",
                "due",
                "coming",
                "unknown"
              })
          String verdict,
      @Nullable @Schema(description = "the run that it got, also a skipped one") String run,
      @Nullable @Schema(description = "of the run") String state,
      @Nullable @Schema(description = "how long after the due time the run started") Long lateMs,
      @Nullable @Schema(description = "why it is so, in English") String reason) {

    private static DueJson of(DueTime due) {
      DueTime.DueRun run = due.run();
      Duration late = run == null ? null : run.late();
      return new DueJson(
          due.at(),
          EnumText.write(due.verdict()),
          run == null ? null : run.id(),
          run == null ? null : EnumText.write(run.state()),
          late == null ? null : late.toMillis(),
          due.reason());
    }
  }

  static DueTimesJson of(DueTimes times) {
    return new DueTimesJson(
        times.times().stream().map(DueJson::of).toList(), times.knownFrom(), times.next());
  }
}
