package io.synchronik.item;

/**
 * The states of a work item.
 *
 * <pre>
 *   INITIALIZED ──▶ STARTED ──▶ COMPLETED | FAILED | CANCELED
 *   INITIALIZED ◀── STARTED       a retry follows, its node stopped or was lost, or a reset
 *   INITIALIZED ──▶ FAILED        its deadline has passed
 *   INITIALIZED ──▶ CANCELED
 *   INITIALIZED ◀── FAILED        tried again by hand while its run goes on
 * </pre>
 */
public enum ItemState {
  /** It waits: for its time, or for somebody to start it. */
  INITIALIZED,
  /** A node works on it, or will in a moment; or somebody outside has started it. */
  STARTED,
  /** Final: done. */
  COMPLETED,
  /** Final: its last attempt failed. */
  FAILED,
  /** Final: withdrawn. */
  CANCELED;

  /** Returns whether an item in this state never changes by itself again. */
  public boolean isFinal() {
    return this == COMPLETED || this == FAILED || this == CANCELED;
  }
}
