package io.synchronik.impl.output;

import io.synchronik.impl.settings.OutputLevel;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.run.OutputStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.run.OutputLine;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt says, until it is written: the first lines as they come, and of what is beyond
 * these the last ones at the end. Any thread may add to it.
 */
public final class AttemptOutput {
  static final int MOST_LINES = 500;
  static final int MOST_CHARS = 32_768;
  static final int LONGEST = 4000;

  private static final int LONGEST_LOGGER = 200;

  private final RunStore.Claimed claim;
  private final OutputLevel level;
  private final InstantSource clock;
  private final ReentrantLock writing = new ReentrantLock();

  /** Of the first lines, those that are not written. */
  private final List<OutputLine> head = new ArrayList<>();

  private final Deque<OutputLine> tail = new ArrayDeque<>();
  private List<OutputStore.Piece> pending = List.of();
  private int headChars;
  private boolean headFull;
  private long lastOfHead;
  private int tailChars;
  private long last;
  private boolean ended;

  AttemptOutput(RunStore.Claimed claim, OutputLevel level, InstantSource clock) {
    this.claim = claim;
    this.level = level;
    this.clock = clock;
  }

  RunStore.Claimed claim() {
    return claim;
  }

  /** Whoever writes it holds this. */
  ReentrantLock writing() {
    return writing;
  }

  boolean takes(int number) {
    return level.takes(number);
  }

  /** The work says something; after the attempt nobody listens. */
  public void say(String text) {
    add(null, "", text);
  }

  void add(@Nullable Level of, String logger, String text) {
    String name = Texts.told(logger, LONGEST_LOGGER);
    String kept = Texts.told(text, LONGEST);
    synchronized (this) {
      if (!ended) {
        last++;
        keep(new OutputLine(last, clock.instant(), of, name, kept));
      }
    }
  }

  private void keep(OutputLine line) {
    headFull =
        headFull || lastOfHead == MOST_LINES || headChars + line.text().length() > MOST_CHARS;
    if (!headFull) {
      headChars += line.text().length();
      lastOfHead = line.number();
      head.add(line);
      return;
    }
    tail.addLast(line);
    tailChars += line.text().length();
    while (tail.size() > MOST_LINES || tailChars > MOST_CHARS) {
      tailChars -= tail.removeFirst().text().length();
    }
  }

  /** Nothing is added any more. */
  synchronized void end() {
    ended = true;
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** Returns what is to be written: the same until it is. */
  synchronized List<OutputStore.Piece> pieces() {
    if (pending.isEmpty()) {
      pending = unwritten();
    }
    return pending;
  }

  private List<OutputStore.Piece> unwritten() {
    List<OutputStore.Piece> pieces = new ArrayList<>();
    if (!head.isEmpty()) {
      pieces.add(new OutputStore.Piece(head, 0));
      head.clear();
    }
    if (ended && !tail.isEmpty()) {
      long leftOut = tail.getFirst().number() - lastOfHead - 1;
      pieces.add(new OutputStore.Piece(List.copyOf(tail), leftOut));
      tail.clear();
    }
    return pieces;
  }

  /** What {@link #pieces} gave last is written. */
  synchronized void written() {
    pending = List.of();
  }

  /** Returns whether it has ended and all is written. */
  synchronized boolean isOver() {
    return ended && pending.isEmpty() && head.isEmpty() && tail.isEmpty();
  }
}
