package io.synchronik.impl.tx;

/**
 * Tells threads that work for the engine from those of callers: while the database is away the
 * former wait for it, and the latter are told at once. Application code is a caller on any thread.
 */
public final class EngineThread {
  private static final ThreadLocal<Boolean> ENGINE = new ThreadLocal<>();

  private EngineThread() {}

  /** Does something for the engine. */
  public static void during(Runnable work) {
    boolean before = set(true);
    try {
      work.run();
    } finally {
      set(before);
      if (!before) {
        ENGINE.remove();
      }
    }
  }

  static boolean isCurrent() {
    return Boolean.TRUE.equals(ENGINE.get());
  }

  /** Says for whom this thread works from now on; returns whether it was the engine. */
  static boolean set(boolean engine) {
    boolean before = isCurrent();
    if (engine != before) {
      // Asked for by each call of application code: what is removed would cost a search each time
      ENGINE.set(engine);
    }
    return before;
  }
}
