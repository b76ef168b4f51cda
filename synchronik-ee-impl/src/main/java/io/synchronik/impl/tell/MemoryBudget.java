package io.synchronik.impl.tell;

import io.synchronik.event.ItemChanged;
import io.synchronik.event.Milestone;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitRetried;
import io.synchronik.run.Failure;
import org.jspecify.annotations.Nullable;

/**
 * How much memory events may take that wait to be told; what does not fit is read from the journal
 * when its turn comes. Guarded by whoever owns it.
 */
final class MemoryBudget {
  /** What a usual unit has in a burst. */
  static final MemoryBudget usual() {
    return new MemoryBudget(1 << 20, 16 << 20);
  }

  private static final int BARE = 700;
  private static final int THROWN = 4000;

  private final long each;
  private final long all;
  private long used;

  /**
   * Creates it.
   *
   * @param each bytes for the events of one unit
   * @param all bytes for those of all units
   */
  MemoryBudget(long each, long all) {
    this.each = each;
    this.all = all;
  }

  /** Tells whether there is room for more. */
  boolean fits(long present, long more) {
    return present + more <= each && used + more <= all;
  }

  long used() {
    return used;
  }

  void take(long bytes) {
    used += bytes;
  }

  void giveBack(long bytes) {
    used -= bytes;
  }

  /** Returns about how much memory an event takes. */
  static long of(SynchronikEvent event) {
    if (event instanceof UnitCompleted completed) {
      return BARE + bytes(completed.result().json());
    }
    if (event instanceof Milestone milestone) {
      return BARE + bytes(milestone.content().json());
    }
    if (event instanceof UnitFailed failed) {
      return BARE + bytes(failed.failure());
    }
    if (event instanceof UnitRetried retried) {
      return BARE + bytes(retried.failure());
    }
    return event instanceof ItemChanged item ? BARE + bytes(item.failure()) : BARE;
  }

  private static long bytes(@Nullable Failure failure) {
    return failure == null
        ? 0
        : bytes(failure.message())
            + bytes(failure.stackTrace())
            + (failure.thrown() == null ? 0 : THROWN);
  }

  private static long bytes(@Nullable String text) {
    return text == null ? 0 : 2L * text.length();
  }
}
