package io.synchronik.process;

/** Where a worker stands in a run of a process. */
public enum WorkerState {
  /** Its turn has not come. */
  PENDING,
  /** Its turn has come; it waits for its isolation delay. */
  DELAYED,
  /** It waits for a free thread, for the end of another run of the worker, or for its next try. */
  READY,
  /** An attempt is under way. */
  RUNNING,
  /** It succeeded. */
  COMPLETED,
  /** Its last attempt failed. */
  FAILED,
  /** It did not run; the reason tells why. */
  SKIPPED,
  /** It was cancelled. */
  CANCELED
}
