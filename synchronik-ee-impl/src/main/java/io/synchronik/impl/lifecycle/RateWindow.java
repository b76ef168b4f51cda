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

  /** Reads what {@link #toString} wrote; what counts no more is left out. */
  public static RateWindow of(RateLimit rate, String text, Instant now) {
    RateWindow window = new RateWindow(rate);
    for (String part : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      String[] both = part.split("x", 2);
      window.takenUntil.put(Long.valueOf(both[1]), Integer.valueOf(both[0]));
    }
    window.takenUntil.headMap(now.toEpochMilli(), true).clear();
    return window;
  }

  /** Returns how many may be taken now. */
  public int free() {
    int taken = takenUntil.values().stream().mapToInt(Integer::intValue).sum();
    return Math.max(0, rate.count() - taken);
  }

  /** Returns when more may be taken; null when nothing has been. */
  public @Nullable Instant nextFree() {
    return takenUntil.isEmpty() ? null : Instant.ofEpochMilli(takenUntil.firstKey());
  }

  /** Takes so many. */
  public void take(int count, Instant now) {
    if (count > 0) {
      long period = rate.period().toMillis();
      long grain = Math.max(1, -Math.floorDiv(-period, GRAINS));
      // The end of the grain in which the time of the taking passes out of the period
      long until = Math.floorDiv(now.toEpochMilli() + period, grain) * grain + grain;
      takenUntil.merge(until, count, Integer::sum);
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
