package io.synchronik.process;

/** What became of a worker in a run of a process. Each worker gets exactly one. */
public enum Verdict {
  /** It ran and succeeded. */
  COMPLETED,
  /** It ran and its last attempt failed. */
  FAILED,
  /** It did not run; the reason tells why. */
  SKIPPED,
  /** It was cancelled while it ran, waited or was ready to run. */
  CANCELED
}
