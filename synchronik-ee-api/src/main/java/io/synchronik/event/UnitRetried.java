package io.synchronik.event;

import io.synchronik.run.Failure;
import java.time.Instant;

/**
 * An attempt has failed or was lost, and another follows.
 *
 * @param origin where it comes from
 * @param attempt number of the one that failed
 * @param nextAttemptAt when the next one is due
 * @param failure why it failed
 */
public record UnitRetried(EventOrigin origin, int attempt, Instant nextAttemptAt, Failure failure)
    implements UnitEvent {
  @Override
  public EventType type() {
    return EventType.RETRY;
  }
}
