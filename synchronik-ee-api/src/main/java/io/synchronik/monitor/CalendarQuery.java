package io.synchronik.monitor;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which starts to count, past and coming. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range.
 *
 * @param from begin of the span; the interval that it lies in is counted as a whole
 * @param to end of the span, after its begin
 * @param interval a multiple of five minutes, up to 31 days, of which at most 2,500 cover the span
 * @param unit only the starts of this unit; null for all
 */
public record CalendarQuery(Instant from, Instant to, Duration interval, @Nullable String unit) {
  public CalendarQuery {
    StatisticsQuery checked = new StatisticsQuery(from, to, interval);
    interval = checked.interval();
  }
}
