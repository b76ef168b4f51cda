package io.synchronik.item;

import io.synchronik.run.RunId;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of items at one moment, as the database has it. Immutable.
 *
 * @param run the run
 * @param unit its worker
 * @param state of the run
 * @param open whether items may be added
 * @param statistics how many items are in which state
 * @param pace how fast it goes
 * @param repeated how many items the enumeration has passed over because items of other runs have
 *     their keys, known when it has ended; 0 unless keys are unique beyond their run, as {@link
 *     io.synchronik.worker.Worker#uniqueFor} says
 */
public record ItemRunView(
    RunId run,
    UnitId unit,
    RunState state,
    boolean open,
    ItemStatistics statistics,
    Pace pace,
    long repeated) {
  /**
   * How fast it goes.
   *
   * @param perSecond items that became final per second since the first began; 0 before
   * @param elapsed since the first began; zero before
   * @param estimatedEnd when all will be final if it goes on like this; null when that cannot be
   *     told
   */
  public record Pace(double perSecond, Duration elapsed, @Nullable Instant estimatedEnd) {}
}
