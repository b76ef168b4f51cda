package io.synchronik.event;

import io.synchronik.run.Payload;
import io.synchronik.unit.UnitId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A named fact that a unit, an application or the engine announces.
 *
 * @param origin where it comes from
 * @param milestoneId its name, 1 to 200 characters
 * @param content its payload
 */
public record Milestone(EventOrigin origin, String milestoneId, Payload content)
    implements SynchronikEvent {
  @Override
  public EventType type() {
    return EventType.MILESTONE;
  }

  /** Returns the unit whose run announced it, or that it is about. */
  public Optional<UnitId> unit() {
    return Optional.ofNullable(origin.unit());
  }

  /**
   * Reads the payload.
   *
   * @param type any type that JSON-B can read
   * @param <T> that type
   * @return the value; null when there is none
   * @throws io.synchronik.run.InvalidPayloadException if it does not fit the type
   */
  public <T> @Nullable T payload(Class<T> type) {
    return content.as(type);
  }
}
