package io.synchronik.run;

/** Why a run exists. */
public enum Cause {
  /** Its unit's schedule was due. */
  SCHEDULE,
  /** Somebody asked for it. */
  MANUAL,
  /** A process runs the worker. */
  PROCESS
}
