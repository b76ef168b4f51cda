package io.synchronik.impl.tell;

import io.synchronik.event.RunHooks;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitEvent;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitStarted;
import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Strand;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.store.event.UntoldStore;
import io.synchronik.impl.tx.UserCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells hooks, observers and subscribers what has come true, in order per unit, outside any
 * transaction. Each unit has a strand of its own, and another one for asynchronous observers: code
 * that is slow or blocks holds up what it would be told next and nothing else.
 */
public final class Announcer {
  /** So long an outcome waits for those who are told of its events. */
  private static final long FOLLOWS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long LOOKED_AFTER_MILLIS = 250;

  /** What is left of a stop's time for threads to end. */
  private static final Duration CLOSES = Duration.ofSeconds(1);

  private final Hooks hooks;
  private final EventSink observers;
  private final Subscribers subscribers;
  private final UserCode code;
  private final Strands strands;
  private final Pages pages;
  private final Untold untold;
  private final AtomicBoolean watched = new AtomicBoolean();
  private volatile @Nullable EngineThreads alarms;

  /** The hooks of units. */
  @FunctionalInterface
  public interface Hooks {
    /** Calls the hooks of a unit, when this node knows it. */
    void with(String unit, Consumer<RunHooks> call);
  }

  /**
   * Creates it; nobody is told anything yet.
   *
   * @param strands its own threads
   * @param pages reads what is told later
   */
  public Announcer(
      Hooks hooks,
      EventSink observers,
      Subscribers subscribers,
      UserCode code,
      Strands strands,
      Pages pages) {
    this.hooks = hooks;
    this.observers = observers;
    this.subscribers = subscribers;
    this.code = code;
    this.strands = strands;
    this.pages = pages;
    this.untold = new Untold(this::strand, observers::isObservedLater, MemoryBudget.usual());
  }

  private Strand strand(Backlog backlog) {
    String whose =
        backlog.key().audience() == Audience.ASYNC ? "Asynchronous observers" : "Observers";
    String unit = backlog.key().unit();
    String of = unit.isEmpty() ? " of events of no unit" : " of '" + unit + "'";
    return strands.strand(whose + of, () -> turn(backlog));
  }

  /** Begins to tell, also what has come true before. */
  public void start(EngineThreads threads) {
    alarms = threads;
    strands.open(threads);
  }

  /** Tells what is left as long as there is time, and ends. */
  public void stop(Duration atMost) {
    Duration told = atMost.minus(CLOSES);
    try {
      var unused = strands.awaitCalm(told.isNegative() ? Duration.ZERO : told);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    strands.close(CLOSES);
    alarms = null;
  }

  /** A transaction begins a batch of events; returns the batch's id. */
  public String begin(Supplier<String> nextId) {
    return untold.begin(nextId);
  }

  /** The transaction of a batch was committed: these are its events. */
  public void committed(String batch, List<SynchronikEvent> events) {
    untold.committed(batch, events);
  }

  /** The transaction of a batch was rolled back. */
  public void dropped(String batch) {
    untold.dropped(batch);
  }

  Standing standing(String incarnation, boolean exactly) {
    return untold.standing(incarnation, exactly);
  }

  void inherit(List<UntoldStore.Rest> rests) {
    untold.inherit(rests);
  }

  void disinherit() {
    untold.disinherit();
  }

  void forget() {
    untold.clear();
  }

  private boolean turn(Backlog backlog) {
    long since = System.nanoTime();
    while (strands.isTurn(since)) {
      Untold.Next next = untold.next(backlog);
      if (next.page() != null) {
        read(backlog, next.page());
      } else if (next.event() != null) {
        tell(backlog.key().audience(), next.event());
        // What the stop has interrupted is told again
        if (strands.isOpen()) {
          untold.told(backlog, next.event()).forEach(Announcer::guarded);
        }
      } else {
        next.following().forEach(Announcer::guarded);
        return false;
      }
    }
    return true;
  }

  private void read(Backlog backlog, Page page) {
    List<Found> found = null;
    try {
      found = pages.read(page, backlog.key().unit());
    } finally {
      untold.read(backlog, page, found);
    }
  }

  /**
   * Does something behind the events of a unit that have come true so far, and about a second later
   * at most.
   *
   * @param key what it is about, once
   * @param task sets or completes something; no code of the application
   */
  public void follow(String unit, String key, Runnable task) {
    if (alarms == null || !untold.follow(unit, key, task)) {
      guarded(task);
    } else {
      watch();
    }
  }

  private void watch() {
    EngineThreads present = alarms;
    if (present != null && watched.compareAndSet(false, true)) {
      try {
        var unused = present.later(LOOKED_AFTER_MILLIS, this::letGo);
      } catch (RejectedExecutionException e) {
        // The engine stops, and tells all who wait
        watched.set(false);
      }
    }
  }

  private void letGo() {
    watched.set(false);
    untold.followingSince(System.nanoTime() - FOLLOWS_NANOS).forEach(Announcer::guarded);
    if (untold.isFollowed()) {
      watch();
    }
  }

  private void tell(Audience audience, SynchronikEvent event) {
    if (audience == Audience.ASYNC) {
      guarded(() -> observers.announceLater(event, code));
      return;
    }
    if (event instanceof UnitEvent unitEvent) {
      callHook(unitEvent);
    }
    guarded(() -> observers.announce(event, code));
    for (Consumer<SynchronikEvent> subscriber : subscribers.all()) {
      code.tell("A subscriber of events", () -> subscriber.accept(event));
    }
  }

  private void callHook(UnitEvent event) {
    if (event instanceof UnitStarted started) {
      withHooks(event, hooks -> hooks.onStart(started));
    } else if (event instanceof UnitCompleted completed) {
      withHooks(event, hooks -> hooks.onComplete(completed));
    } else if (event instanceof UnitFailed failed) {
      withHooks(event, hooks -> hooks.onError(failed));
    }
  }

  private void withHooks(UnitEvent event, Consumer<RunHooks> call) {
    code.tell("A hook of '" + event.unit() + "'", () -> hooks.with(event.unit().value(), call));
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      UserCode.warn("An announcement failed; nothing else is affected", e);
    }
  }
}
