package io.synchronik.run;

/**
 * The state of a run.
 *
 * <pre>
 *   SUBMITTED ──admit──▶ READY ──claim──▶ RUNNING ──▶ COMPLETED | FAILED | CANCELED
 *       │                  ▲                 │
 *       │                  ├── interrupted ──┤
 *       │                  └─── due ─── WAITING (delay before the next attempt)
 *       └──▶ SKIPPED | CANCELED     READY, WAITING ──▶ CANCELED
 * </pre>
 */
public enum RunState {
  /** Asked for; not yet checked against the unit's overlap policy. */
  SUBMITTED,
  /** May be claimed by any node that knows the unit. */
  READY,
  /** The last attempt failed; the next one is due later. */
  WAITING,
  /** A node owns it and executes an attempt. */
  RUNNING,
  /** Final: an attempt succeeded. */
  COMPLETED,
  /** Final: the last attempt failed. */
  FAILED,
  /** Final: somebody cancelled it. */
  CANCELED,
  /** Final: it never ran; the reason is recorded. */
  SKIPPED;

  /** Returns whether nothing can happen to a run in this state any more. */
  public boolean isFinal() {
    return switch (this) {
      case COMPLETED, FAILED, CANCELED, SKIPPED -> true;
      case SUBMITTED, READY, WAITING, RUNNING -> false;
    };
  }
}
