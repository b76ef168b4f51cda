package io.synchronik.impl.admin.run;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.impl.admin.json.FailureJson;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.run.AttemptOutcome;
import io.synchronik.run.RunAttempt;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of the attempts of a run. */
@Schema(name = "AttemptList")
record AttemptListJson(
    @Schema(description = "in their order") List<AttemptJson> items,
    @Nullable @Schema(description = "'after' of the following page; absent on the last") Long next)
    implements Answer {

  /** An attempt of a run. */
  @Schema(name = "Attempt")
  record AttemptJson(
      @Schema(description = "tells it from the others of the run; later ones have larger numbers")
          long claim,
      @Schema(description = "from 1; the same as before when the one before did not count")
          int number,
      @Nullable String node,
      @Nullable Instant startedAt,
      @Nullable @Schema(description = "absent while it goes on") Instant endedAt,
      @Nullable Long durationMs,
      @Nullable
          @Schema(
              enumeration = {
                "completed",
                "failed",
                "canceled",
                "interrupted",
                "lost",
                "enumerated"
              },
              description =
                  "absent while it goes on; interrupted and lost ones do not count, after"
                      + " 'enumerated' the items of the run decide")
          String outcome,
      @Nullable @Schema(description = "as in lists of runs") FailureJson failure) {

    private static AttemptJson of(RunAttempt attempt, Sight sight) {
      AttemptOutcome outcome = attempt.outcome();
      return new AttemptJson(
          attempt.claim(),
          attempt.number(),
          attempt.node(),
          attempt.startedAt(),
          attempt.endedAt(),
          RunJson.millis(attempt.startedAt(), attempt.endedAt()),
          outcome == null ? null : EnumText.write(outcome),
          FailureJson.of(attempt.failure(), sight));
    }
  }

  static AttemptListJson of(List<RunAttempt> attempts, int limit, Sight sight) {
    Long next = attempts.size() < limit ? null : attempts.get(limit - 1).claim();
    return new AttemptListJson(
        attempts.stream().map(attempt -> AttemptJson.of(attempt, sight)).toList(), next);
  }
}
