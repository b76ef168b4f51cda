package io.synchronik.run;

import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param run the run
 * @param state a final state
 * @param result what the work returned; without a value unless the run completed
 * @param failure why the last attempt failed; null unless the run failed
 * @param reason why it was skipped or cancelled; null otherwise
 */
public record RunOutcome(
    RunId run,
    RunState state,
    Payload result,
    @Nullable Failure failure,
    @Nullable String reason) {}
