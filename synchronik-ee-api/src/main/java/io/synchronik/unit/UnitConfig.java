package io.synchronik.unit;

import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * What the configurations of workers and processes have in common. It is a {@link
 * io.synchronik.worker.WorkerConfig} or a {@link io.synchronik.process.ProcessConfig}.
 */
public interface UnitConfig {
  /** Returns when the unit is due; null when it runs only on demand. */
  @Nullable Schedule schedule();

  /** Returns what happens to firings that come late. */
  MisfirePolicy misfire();

  /** Returns what happens when a run should start while another is going on. */
  Overlap overlap();

  /** Returns the number of runs after which the unit is disabled; 0 for no limit. */
  long maxRuns();
}
