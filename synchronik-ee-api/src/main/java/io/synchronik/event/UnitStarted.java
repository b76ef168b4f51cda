package io.synchronik.event;

import io.synchronik.run.Cause;

/**
 * The first attempt of a run has started.
 *
 * @param origin where it comes from
 * @param cause why the run exists
 */
public record UnitStarted(EventOrigin origin, Cause cause) implements UnitEvent {
  @Override
  public EventType type() {
    return EventType.START;
  }
}
