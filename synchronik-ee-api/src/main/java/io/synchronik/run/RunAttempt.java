package io.synchronik.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a run, as the database has it. Immutable.
 *
 * @param claim tells it from the other attempts of the run, from 1; later ones have larger numbers
 * @param number of the attempt, from 1; the same as before when the one before did not count
 * @param node name of the node that makes or made it, null when that is not known
 * @param startedAt its start, null when that is not known
 * @param endedAt its end, null while it goes on
 * @param outcome how it ended, null while it goes on
 * @param failure why it failed, null when it did not: type, and the first 500 characters of the
 *     message
 */
public record RunAttempt(
    long claim,
    int number,
    @Nullable String node,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable AttemptOutcome outcome,
    @Nullable Failure failure) {}
