package io.synchronik.event;

import io.synchronik.run.Cause;

/**
 * A run was recorded and not started.
 *
 * @param origin where it comes from
 * @param cause why the run exists
 * @param reason why it did not start
 */
public record UnitSkipped(EventOrigin origin, Cause cause, String reason) implements UnitEvent {
  @Override
  public EventType type() {
    return EventType.SKIP;
  }
}
