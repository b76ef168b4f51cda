package io.synchronik.schedule;

/**
 * What happens to due times that nobody fired within the threshold: after an outage, a restart or
 * an overload. Each late firing is recorded and announced, whichever policy applies.
 */
public enum Misfire {
  /** One run makes up for all missed times. The default. */
  FIRE_ONCE,
  /** The missed times are passed over. */
  SKIP,
  /** Each missed time gets a run, at most {@link MisfirePolicy#MOST_CAUGHT_UP} of them. */
  CATCH_UP
}
