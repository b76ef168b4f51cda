package io.synchronik.impl.exec;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One of the threads of strands, and what it does. */
final class StrandThread {
  private static final int MOST_FRAMES = 6;

  private final Thread thread;
  private @Nullable Strand strand;
  private long sinceNanos;
  private boolean told;
  private boolean abandoned;

  /**
   * Makes the thread.
   *
   * @param body what it does
   */
  StrandThread(String name, Body body) {
    thread = new Thread(() -> body.run(this), name);
    thread.setDaemon(true);
  }

  /** What a thread does. */
  @FunctionalInterface
  interface Body {
    void run(StrandThread me);
  }

  Thread thread() {
    return thread;
  }

  synchronized void begin(Strand next) {
    strand = next;
    sinceNanos = System.nanoTime();
    told = false;
  }

  synchronized void end() {
    strand = null;
  }

  synchronized boolean isBusy() {
    return strand != null;
  }

  /** Returns for how long its turn lasts; 0 between turns. */
  synchronized long millis() {
    return strand == null ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
  }

  /**
   * A turn that lasts too long.
   *
   * @param what is told in it
   * @param millis for how long it lasts
   * @param where the thread is
   */
  record Blocked(String what, long millis, String where) {}

  /** Returns its turn when that lasts for so long, once. */
  synchronized @Nullable Blocked takeBlocked(long most) {
    Strand present = strand;
    long millis = millis();
    if (present == null || told || millis < most) {
      return null;
    }
    told = true;
    return new Blocked(present.name(), millis, where());
  }

  private String where() {
    return Arrays.stream(thread.getStackTrace())
        .limit(MOST_FRAMES)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(", called from "));
  }

  /** It is to take nothing more when it comes back. */
  synchronized void abandon() {
    abandoned = true;
  }

  synchronized boolean isAbandoned() {
    return abandoned;
  }
}
