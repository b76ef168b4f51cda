package io.synchronik.run;

/** Why a run exists. */
public enum Cause {
  /** Its unit's schedule was due. */
  SCHEDULE,
  /** Somebody asked for it. */
  MANUAL,
  /** A run of a process runs the worker. */
  PROCESS,
  /** It runs again what did not succeed in an earlier run of the process. */
  RETRY,
  /** It works on a task of a pool. */
  POOL
}
