package io.synchronik.event;

import io.synchronik.unit.UnitStatus;

/**
 * A unit's status or configuration has changed; when both change at once, the reason is the status.
 *
 * @param origin where it comes from
 * @param reason what has changed
 * @param status the status after the change
 */
public record UnitUpdated(EventOrigin origin, UpdateReason reason, UnitStatus status)
    implements UnitEvent {
  @Override
  public EventType type() {
    return EventType.UPDATED;
  }
}
