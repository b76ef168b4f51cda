package io.synchronik.impl.task;

import io.synchronik.run.RunId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The attempt that the current thread works for; the dispatcher sets it around each attempt. */
public final class CurrentAttempt {
  private static final ThreadLocal<@Nullable Membership> CURRENT = new ThreadLocal<>();

  private record Membership(AttemptThreads attempt, boolean helper) {}

  private CurrentAttempt() {}

  /**
   * Makes this thread the one that runs an attempt.
   *
   * @param attempt what it offers to sub-tasks
   */
  public static void enter(AttemptThreads attempt) {
    CURRENT.set(new Membership(attempt, false));
  }

  static void enterAsHelper(AttemptThreads attempt) {
    CURRENT.set(new Membership(attempt, true));
  }

  /** Ends what {@link #enter} began. */
  public static void leave() {
    CURRENT.remove();
  }

  /** Returns the run that this thread works for; empty when it works for none. */
  public static Optional<RunId> run() {
    return threads().attemptOf();
  }

  static AttemptThreads threads() {
    Membership current = CURRENT.get();
    return current == null ? new FreshThreads() : current.attempt();
  }

  /** Whether this thread itself is one that works on sub-tasks of the attempt. */
  static boolean onHelper() {
    Membership current = CURRENT.get();
    return current != null && current.helper();
  }
}
