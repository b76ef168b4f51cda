package io.synchronik.impl.lifecycle;

import io.synchronik.worker.RateLimit;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was taken of a rate within its latest period: a sliding log whose times are rounded up to a
 * hundredth of the period, so that it stays short and never allows too much.
 */
public final class RateWindow {
  private static final int GRAINS = 100;

  private final RateLimit rate;

  /** What was taken by the milliseconds at which it counts no more. */
  private final TreeMap<Long, Integer> takenUntil = new TreeMap<>();

  private RateWindow(RateLimit rate) {
    this.rate = rate;
  }

  /**
   * Reads what {@link #toString} wrote, perhaps for another rate; what counts no more is left out,
   * and the times come to the grain of this one.
   */
  public static RateWindow of(RateLimit rate, String text, Instant now) {
    RateWindow window = new RateWindow(rate);
    // What was taken by now counts no longer than what is taken now
    long last = window.until(now);
    for (String part : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      String[] both = part.split("x", 2);
      long until = Long.parseLong(both[1]);
      if (until > now.toEpochMilli()) {
        window.add(Math.min(last, window.roundedUp(until)), Integer.parseInt(both[0]));
      }
    }
    return window;
  }

  private long grain() {
    return Math.max(1, -Math.floorDiv(-rate.period().toMillis(), GRAINS));
  }

  private long roundedUp(long millis) {
    return -Math.floorDiv(-millis, grain()) * grain();
  }

  /** Returns the end of the grain in which the time of a taking passes out of the period. */
  private long until(Instant taken) {
    return Math.floorDiv(taken.toEpochMilli() + rate.period().toMillis(), grain()) * grain()
        + grain();
  }

  private void add(long until, int count) {
    takenUntil.merge(
        until, count, (one, other) -> (int) Math.min(Integer.MAX_VALUE, (long) one + other));
  }

  /** Returns how many may be taken now. */
  public int free() {
    long taken = takenUntil.values().stream().mapToLong(Integer::longValue).sum();
    return (int) Math.max(0, rate.count() - taken);
  }

  /** Returns when more may be taken; null when nothing has been. */
  public @Nullable Instant nextFree() {
    return takenUntil.isEmpty() ? null : Instant.ofEpochMilli(takenUntil.firstKey());
  }

  /** Takes so many. */
  public void take(int count, Instant now) {
    if (count > 0) {
      add(until(now), count);
    }
  }

  /** Returns it as text, of at most 2,500 characters. */
  @Override
  public String toString() {
    return takenUntil.entrySet().stream()
        .map((Map.Entry<Long, Integer> one) -> one.getValue() + "x" + one.getKey())
        .collect(Collectors.joining(" "));
  }
}
