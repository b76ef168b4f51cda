package io.synchronik.event;

/**
 * A run was cancelled.
 *
 * @param origin where it comes from
 * @param reason who cancelled it or why
 */
public record UnitCancelled(EventOrigin origin, String reason) implements UnitEvent {
  @Override
  public EventType type() {
    return EventType.CANCEL;
  }
}
