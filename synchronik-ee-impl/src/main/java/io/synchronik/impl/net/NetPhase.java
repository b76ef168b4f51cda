package io.synchronik.impl.net;

/**
 * The state of a run.
 *
 * <pre>
 *   INITIALIZED ──Start──▶ STARTED ──▶ COMPLETED | FAILED
 *        └──────CancelRun─────┴──────▶ CANCELED
 * </pre>
 */
public enum NetPhase {
  /** Nothing is enabled yet. */
  INITIALIZED,
  /** At least one task is active. */
  STARTED,
  /** Final: it ended by itself, with no failure that counts. */
  COMPLETED,
  /** Final: a task failed and the policy does not tolerate it, or no task can go on. */
  FAILED,
  /** Final: somebody cancelled it. */
  CANCELED;

  /** Returns whether nothing can change any more. */
  public boolean isFinal() {
    return switch (this) {
      case INITIALIZED, STARTED -> false;
      case COMPLETED, FAILED, CANCELED -> true;
    };
  }
}
