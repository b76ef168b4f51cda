package io.synchronik.event;

import io.synchronik.run.Cause;
import io.synchronik.run.Payload;
import java.time.Duration;

/**
 * A run has completed.
 *
 * @param origin where it comes from
 * @param cause why the run exists
 * @param duration from the start of the first attempt to the end of the last
 * @param result what the work returned
 */
public record UnitCompleted(EventOrigin origin, Cause cause, Duration duration, Payload result)
    implements UnitEvent {
  @Override
  public EventType type() {
    return EventType.COMPLETE;
  }
}
