package io.synchronik.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that an attempt has said or logged. Immutable.
 *
 * @param number of the line in its attempt, from 1; those that are missing were left out
 * @param at when, by the database's clock
 * @param level of what was logged; null for what the work said to its context
 * @param logger that logged it; empty for what the work said to its context
 * @param text of one line or several; ends in an ellipsis when it was cut
 */
public record OutputLine(
    long number, Instant at, System.Logger.@Nullable Level level, String logger, String text) {}
