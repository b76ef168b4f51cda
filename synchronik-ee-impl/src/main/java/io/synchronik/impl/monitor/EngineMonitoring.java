package io.synchronik.impl.monitor;

import io.synchronik.event.JournalEntry;
import io.synchronik.impl.event.RunEvents;
import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.monitor.Monitoring;
import io.synchronik.monitor.RunStatistics;
import io.synchronik.monitor.StatisticsQuery;
import java.time.Instant;
import java.util.List;

/** The public view of the application as a whole. */
public final class EngineMonitoring implements Monitoring {
  private static final int MOST = 1000;

  private final DatabaseClock clock;
  private final RunCounting counting;
  private final RunEvents events;

  public EngineMonitoring(DatabaseClock clock, RunCounting counting, RunEvents events) {
    this.clock = clock;
    this.counting = counting;
    this.events = events;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public RunStatistics statistics(StatisticsQuery query) {
    return counting.read(query);
  }

  @Override
  public List<JournalEntry> events(String run, long after, int limit) {
    if (after < 0) {
      throw new IllegalArgumentException("after must not be negative: " + after);
    }
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be 1 to " + MOST + ": " + limit);
    }
    return events.of(run, after, limit);
  }
}
