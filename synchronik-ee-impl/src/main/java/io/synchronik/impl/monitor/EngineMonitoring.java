package io.synchronik.impl.monitor;

import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.monitor.Monitoring;
import io.synchronik.monitor.RunStatistics;
import io.synchronik.monitor.StatisticsQuery;
import java.time.Instant;

/** The public view of the application as a whole. */
public final class EngineMonitoring implements Monitoring {
  private final DatabaseClock clock;
  private final RunCounting counting;

  public EngineMonitoring(DatabaseClock clock, RunCounting counting) {
    this.clock = clock;
    this.counting = counting;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public RunStatistics statistics(StatisticsQuery query) {
    return counting.read(query);
  }
}
