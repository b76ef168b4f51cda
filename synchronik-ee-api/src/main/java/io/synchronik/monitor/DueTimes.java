package io.synchronik.monitor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The due times of a unit in a span of time. Those of a cron expression are all there from {@code
 * knownFrom} on; those of an interval depend on what came before, so of the past there are those of
 * which something is kept.
 *
 * @param times in their order
 * @param knownFrom since when it is known what schedule the unit has had; before that there are
 *     those due times alone of which something is kept. Null when it is not known at all, or the
 *     unit has never had a schedule
 * @param next the first due time that is left out, where to go on; null when none is
 */
public record DueTimes(List<DueTime> times, @Nullable Instant knownFrom, @Nullable Instant next) {
  public DueTimes {
    times = List.copyOf(times);
  }
}
