package io.synchronik.impl.exec;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Tasks that are done in order on a strand, as many as there is room for. */
public final class BoundedTasks {
  private record Waiting(Runnable task, long bytes) {}

  private final Strands strands;
  private final Strand strand;
  private final long most;
  private final Runnable full;

  // Guarded by this
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean leftOut;

  /**
   * Creates it.
   *
   * @param name what they are, for a warning
   * @param most so many bytes may wait
   * @param full called when one is left out for the first time since all were done
   */
  public BoundedTasks(Strands strands, String name, long most, Runnable full) {
    this.strands = strands;
    this.strand = strands.strand(name, this::turn);
    this.most = most;
    this.full = full;
  }

  /**
   * Adds a task; returns false when there is no room for it.
   *
   * @param size about so many bytes it holds
   */
  public boolean offer(Runnable task, long size) {
    boolean fits;
    boolean first;
    synchronized (this) {
      fits = bytes + size <= most;
      first = !fits && !leftOut;
      leftOut |= first;
      if (fits) {
        waiting.add(new Waiting(task, size));
        bytes += size;
      }
    }
    if (first) {
      full.run();
    }
    strand.wake();
    return fits;
  }

  private synchronized @Nullable Waiting next() {
    return waiting.peek();
  }

  /** Done whatever came of it: one that fails would hold up the others. */
  private synchronized void done(Waiting task) {
    waiting.remove();
    bytes -= task.bytes;
    leftOut &= !waiting.isEmpty();
  }

  private boolean turn() {
    long since = System.nanoTime();
    while (strands.isTurn(since)) {
      Waiting next = next();
      if (next == null) {
        return false;
      }
      try {
        next.task.run();
      } finally {
        done(next);
      }
    }
    return true;
  }
}
