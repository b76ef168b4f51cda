package io.synchronik.impl.exec;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long calls take, by worker, so that a slice is worked off in a moment. */
public final class CallPace {
  private static final double SLICE_NANOS = 20_000_000;
  private static final int MOST_CALLS = 50;

  private final Map<String, Double> averages = new ConcurrentHashMap<>();

  /** So many calls have taken so long. */
  public void took(String unit, int calls, long nanos) {
    if (calls > 0) {
      double each = (double) nanos / calls;
      averages.merge(unit, each, (average, latest) -> average + (latest - average) / 4);
    }
  }

  /** Returns how many calls make a slice; 1 while nothing is known. */
  public int calls(String unit) {
    Double average = averages.get(unit);
    return average == null
        ? 1
        : (int) Math.max(1, Math.min(MOST_CALLS, SLICE_NANOS / Math.max(1, average)));
  }
}
