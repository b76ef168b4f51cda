package io.synchronik.monitor;

import java.time.Instant;

/**
 * Tells about the application as a whole, whatever node is asked. Safe for use by several threads.
 * Each call reads in the caller's transaction when there is one, and changes nothing.
 */
public interface Monitoring {
  /** Returns the database's time, which all times of the engine are. */
  Instant now();

  /**
   * Counts what happened to runs in a span of time, from the journal: each event once, some seconds
   * after its commit. Counts of five minutes are kept for 8 days, those of hours for 400.
   */
  RunStatistics statistics(StatisticsQuery query);
}
