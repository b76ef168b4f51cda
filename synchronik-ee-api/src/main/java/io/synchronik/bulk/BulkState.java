package io.synchronik.bulk;

/** Where a bulk action stands. */
public enum BulkState {
  /** A node works on it, or will. */
  RUNNING,
  /** All that were meant have had their turn. */
  DONE,
  /** Somebody has ended it; what was done by then stays done. */
  CANCELED,
  /** It was done to none, and has failed for each; after 100 failures the others are left alone. */
  FAILED;

  /** Returns whether nothing more comes of it. */
  public boolean isFinal() {
    return this != RUNNING;
  }
}
