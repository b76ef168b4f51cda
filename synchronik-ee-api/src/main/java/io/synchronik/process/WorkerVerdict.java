package io.synchronik.process;

import io.synchronik.run.Failure;
import io.synchronik.unit.UnitId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one worker in a run of a process.
 *
 * @param worker the worker
 * @param verdict what became of it
 * @param reason why it was skipped or cancelled; null otherwise
 * @param duration from the start of its first attempt to the end of its last one; zero when it
 *     never started
 * @param attempts how many were made; 0 when it never started
 * @param failure of its last attempt; null unless it failed
 */
public record WorkerVerdict(
    UnitId worker,
    Verdict verdict,
    @Nullable String reason,
    Duration duration,
    int attempts,
    @Nullable Failure failure) {}
