package io.synchronik.pool;

/**
 * The state of a task.
 *
 * <pre>
 *   PENDING ──a place is free──▶ RUNNING ──▶ COMPLETED | ERROR | CANCELED
 *    │   ▲
 *  pause resume
 *    ▼   │
 *   PAUSED          PENDING, PAUSED ──cancel──▶ CANCELED
 *                   PENDING ──its worker was released──▶ ERROR
 * </pre>
 */
public enum PoolTaskState {
  /** Waits for a free place, and for those before it. */
  PENDING,
  /** Somebody holds it back, and with it all behind it. */
  PAUSED,
  /** It has a place; the state of its run tells how far it has come. */
  RUNNING,
  /** Ended: its run completed. */
  COMPLETED,
  /** Ended: its run failed, or could not begin. */
  ERROR,
  /** Ended: somebody cancelled it, or its run. */
  CANCELED;

  /** Returns whether nothing can happen to a task in this state any more. */
  public boolean isFinal() {
    return switch (this) {
      case COMPLETED, ERROR, CANCELED -> true;
      case PENDING, PAUSED, RUNNING -> false;
    };
  }
}
