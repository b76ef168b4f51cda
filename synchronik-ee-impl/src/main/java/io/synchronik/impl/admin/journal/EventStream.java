package io.synchronik.impl.admin.journal;

import io.synchronik.event.JournalEntry;
import io.synchronik.event.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open stream of events. It reads the journal by pages until it has caught up, then it follows
 * it. Events go out one at a time, on threads of the server that are held only while there is
 * something to send. A reader that lies too far behind, or takes nothing between two heartbeats, is
 * dropped; it can resume where it was.
 */
final class EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  /** After so many events the thread is given back once. */
  private static final int BURST = 100;

  private enum Line {
    /** Nothing is on its way. */
    FREE,
    /** A thread is inside a send, perhaps until the client takes it. */
    SENDING,
    /** The server has taken an event and not passed it on yet. */
    WAITING
  }

  private final EventSource source;
  private final EventOutlet outlet;
  private final Executor executor;
  private final int limit;
  private final Consumer<EventStream> ended;

  private final Deque<Function<EventOutlet, CompletionStage<?>>> backlog = new ArrayDeque<>();
  private long position;
  private boolean behind = true;
  private boolean working;
  private boolean closed;
  private Line line = Line.FREE;
  private long sent;
  private long sentAtBeat = -1;
  private @Nullable Subscription following;

  /**
   * Prepares a stream.
   *
   * @param limit how many events may wait for the reader
   * @param ended called once, when nothing of the stream is left
   */
  EventStream(
      EventSource source,
      EventOutlet outlet,
      Executor executor,
      int limit,
      Consumer<EventStream> ended) {
    this.source = source;
    this.outlet = outlet;
    this.executor = executor;
    this.limit = limit;
    this.ended = ended;
  }

  /** Begins behind a position. */
  void start(long after) {
    synchronized (this) {
      position = after;
      working = true;
    }
    submitWork();
  }

  /** Probes the reader; drops it when it has taken nothing since the last time. */
  void beat() {
    boolean stalled;
    synchronized (this) {
      stalled = working && sent == sentAtBeat;
      sentAtBeat = sent;
    }
    if (stalled) {
      drop("took nothing between two heartbeats");
    } else {
      probe();
    }
  }

  /** Sends a comment, which fails when the reader is gone. */
  void probe() {
    add(out -> out.comment(""));
  }

  private void offer(JournalEntry entry) {
    add(out -> out.send(entry));
  }

  private void add(Function<EventOutlet, CompletionStage<?>> frame) {
    boolean full;
    boolean idle;
    synchronized (this) {
      if (closed) {
        return;
      }
      full = backlog.size() >= limit;
      backlog.add(frame);
      idle = !working;
      working = true;
    }
    if (full) {
      drop("lies " + limit + " events behind");
    } else if (idle) {
      submitWork();
    }
  }

  private void drop(String reason) {
    if (end()) {
      LOG.info("A reader of the event stream {} and was dropped", reason);
    }
  }

  /** Ends the stream from the server's side; false when it had ended already. */
  boolean end() {
    return end(executor);
  }

  /** Ends the stream and its response on the calling thread. */
  void endHere() {
    end(Runnable::run);
  }

  private boolean end(Executor closer) {
    Subscription subscription;
    Line before;
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
      backlog.clear();
      subscription = following;
      before = line;
    }
    if (subscription != null) {
      subscription.unsubscribe();
    }
    if (before == Line.FREE) {
      close(closer);
    } else if (before == Line.WAITING) {
      finish(outlet::abandon);
    } // else the thread inside the send finishes when it comes back
    return true;
  }

  private void close(Executor closer) {
    try {
      closer.execute(() -> finish(outlet::close));
    } catch (RejectedExecutionException e) {
      finish(outlet::close);
    }
  }

  private void finish(Runnable close) {
    try {
      close.run();
    } catch (RuntimeException | Error e) {
      LOG.debug("The response of a stream could not be ended", e);
    } finally {
      ended.accept(this);
    }
  }

  private void submitWork() {
    try {
      executor.execute(this::work);
    } catch (RejectedExecutionException e) {
      end();
    }
  }

  private void work() {
    try {
      for (int n = 0; n < BURST; n++) {
        if (!step()) {
          return;
        }
      }
      submitWork();
    } catch (RuntimeException | Error e) {
      LOG.debug("A stream of events has failed", e);
      end();
    }
  }

  /** Does the next thing; false when there is none, or when it is not done yet. */
  private boolean step() {
    Function<EventOutlet, CompletionStage<?>> frame;
    synchronized (this) {
      frame = closed ? null : backlog.poll();
      if (frame == null && (closed || !behind)) {
        working = false;
        return false;
      }
      line = frame == null ? Line.FREE : Line.SENDING;
    }
    if (frame == null) {
      readOn();
      return true;
    }
    return send(frame);
  }

  private void readOn() {
    long present = source.present();
    List<JournalEntry> page = source.behind(position);
    boolean caughtUp = page.size() < EventSource.PAGE;
    synchronized (this) {
      page.forEach(entry -> backlog.add(out -> out.send(entry)));
      behind = !caughtUp;
    }
    if (!page.isEmpty()) {
      position = page.get(page.size() - 1).position();
    }
    if (caughtUp) {
      // The page has shown all up to the position read before it.
      follow(Math.max(present, position));
    }
  }

  private void follow(long after) {
    Subscription subscription = source.follow(after, this::offer);
    synchronized (this) {
      following = subscription;
      if (!closed) {
        return;
      }
    }
    subscription.unsubscribe();
  }

  private boolean send(Function<EventOutlet, CompletionStage<?>> frame) {
    CompletableFuture<?> sending = attempt(frame);
    boolean done = sending.isDone();
    boolean last;
    synchronized (this) {
      sent++;
      last = closed;
      line = done ? Line.FREE : Line.WAITING;
    }
    if (last) {
      finish(done ? outlet::close : outlet::abandon);
    } else if (sending.isCompletedExceptionally()) {
      end();
    } else if (!done) {
      var unused = sending.whenComplete((result, failure) -> passedOn(failure));
    }
    return done && !last;
  }

  private CompletableFuture<?> attempt(Function<EventOutlet, CompletionStage<?>> frame) {
    try {
      return frame.apply(outlet).toCompletableFuture();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void passedOn(@Nullable Throwable failure) {
    synchronized (this) {
      if (closed) {
        return;
      }
      line = Line.FREE;
    }
    if (failure == null) {
      submitWork();
    } else {
      end();
    }
  }
}
