package io.synchronik.impl.lifecycle;

import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a run or an item that a node owned.
 *
 * @param state the new state
 * @param dueAt when the next attempt is due; null unless waiting
 * @param attempt the attempt number to store
 * @param produced what the work produced
 * @param failure of the attempt, null when it did not fail
 * @param reason who cancelled it; null unless cancelled
 */
public record RunChange(
    RunState state,
    @Nullable Instant dueAt,
    int attempt,
    Produced produced,
    @Nullable Failure failure,
    @Nullable String reason) {}
