package io.synchronik;

import java.time.Duration;

/**
 * What one scan of the watcher found and repaired.
 *
 * @param scanned false when another node was scanning, or this one has not begun to work yet, and
 *     did nothing
 * @param expiredNodes node incarnations whose lease had passed
 * @param recoveredRuns runs taken from them
 * @param removedRuns runs that retention removed
 * @param took how long it took
 */
public record WatcherReport(
    boolean scanned, int expiredNodes, int recoveredRuns, int removedRuns, Duration took) {}
