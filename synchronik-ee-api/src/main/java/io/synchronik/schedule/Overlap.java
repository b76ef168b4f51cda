package io.synchronik.schedule;

/**
 * What happens when a unit should run while a run of it is going on, on any node; for schedules and
 * for runs that were asked for.
 */
public enum Overlap {
  /** The new run is recorded as skipped, with the reason. The default. */
  SKIP,
  /** One run waits for the end of the other; a further one is skipped. */
  QUEUE,
  /** Both run. */
  ALLOW
}
