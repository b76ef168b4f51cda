package io.synchronik.event;

import io.synchronik.schedule.Misfire;
import java.time.Instant;

/**
 * A firing came later than its threshold.
 *
 * @param origin where it comes from
 * @param scheduledAt the earliest time that was missed
 * @param missed how many due times were missed
 * @param policy what was done about it
 */
public record UnitMisfired(EventOrigin origin, Instant scheduledAt, int missed, Misfire policy)
    implements UnitEvent {
  @Override
  public EventType type() {
    return EventType.MISFIRE;
  }
}
