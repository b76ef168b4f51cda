package io.synchronik.process;

/**
 * What a worker that failed, or was cancelled by itself, means for its process. Retries come first:
 * a worker has failed when its last attempt has. With every policy the result names each worker's
 * verdict, and what depends on a failed worker is skipped.
 */
public enum FailurePolicy {
  /**
   * Workers that run go on to their end, all others are skipped, the run fails. The default of
   * {@link RunMode#SEQUENTIAL} and {@link RunMode#ISOLATED}.
   */
  STOP,
  /**
   * The others go on as if nothing had happened; the run fails at its end. The default of {@link
   * RunMode#PARALLEL}, {@link RunMode#BATCHED} and {@link RunMode#GRAPH}.
   */
  CONTINUE,
  /** As {@link #CONTINUE}, but the run completes. */
  TOLERATE;

  /** Returns the default of a run mode. */
  public static FailurePolicy defaultOf(RunMode mode) {
    return switch (mode) {
      case SEQUENTIAL, ISOLATED -> STOP;
      case PARALLEL, BATCHED, GRAPH -> CONTINUE;
    };
  }
}
