package io.synchronik.impl.journal;

import io.synchronik.event.JournalEntry;
import io.synchronik.impl.exec.Strand;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.tx.UserCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Somebody who follows the journal, on a strand of his own. */
final class Follower {
  private final Strands strands;
  private final UserCode code;
  private final LongFunction<List<JournalEntry>> behind;
  private final Consumer<JournalEntry> listener;
  private final Strand strand;
  private volatile boolean ended;

  // Within turns
  private final Deque<JournalEntry> ahead = new ArrayDeque<>();
  private long position;

  /**
   * Creates a follower.
   *
   * @param behind reads some of the entries behind a position; none when there are none
   * @param position where he begins
   */
  Follower(
      Strands strands,
      UserCode code,
      LongFunction<List<JournalEntry>> behind,
      Consumer<JournalEntry> listener,
      long position) {
    this.strands = strands;
    this.code = code;
    this.behind = behind;
    this.listener = listener;
    this.position = position;
    this.strand = strands.strand("A follower of the journal", this::turn);
  }

  /** There may be something new. */
  void wake() {
    strand.wake();
  }

  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  private boolean turn() {
    long since = System.nanoTime();
    while (!ended && strands.isTurn(since)) {
      if (ahead.isEmpty()) {
        ahead.addAll(behind.apply(position));
      }
      JournalEntry next = ahead.peek();
      if (next == null) {
        return false;
      }
      if (isHanded(next)) {
        ahead.remove();
        position = next.position();
      }
    }
    return !ended;
  }

  private boolean isHanded(JournalEntry entry) {
    return code.call(
        () -> {
          listener.accept(entry);
          return true;
        },
        e -> {
          // What the stop has interrupted is told again
          if (strands.isOpen()) {
            UserCode.warn("A follower of the journal failed and is unsubscribed", e);
            ended = true;
          }
          return false;
        });
  }
}
