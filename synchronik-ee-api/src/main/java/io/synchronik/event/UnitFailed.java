package io.synchronik.event;

import io.synchronik.run.Cause;
import io.synchronik.run.Failure;

/**
 * The last attempt of a run has failed.
 *
 * @param origin where it comes from
 * @param cause why the run exists
 * @param attempts how many were made
 * @param failure of the last one
 */
public record UnitFailed(EventOrigin origin, Cause cause, int attempts, Failure failure)
    implements UnitEvent {
  @Override
  public EventType type() {
    return EventType.ERROR;
  }
}
