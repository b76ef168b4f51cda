package io.synchronik.unit;

/** What a unit is. */
public enum UnitKind {
  /** A CDI bean, or a bean's method, with work to run; the smallest unit. */
  WORKER,
  /** Workers with a run mode or a dependency graph. */
  PROCESS
}
