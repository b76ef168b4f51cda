package io.synchronik.impl.journal;

import io.synchronik.event.RunHooks;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitEvent;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitStarted;
import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Lane;
import io.synchronik.impl.tx.UserCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Tells hooks, observers and subscribers what has come true, in order per unit, outside any
 * transaction. Each of a few lanes serves the units that fall to it, so that a slow observer holds
 * up few others.
 */
public final class Announcer {
  private static final int LANES = 4;

  private final Hooks hooks;
  private final EventSink observers;
  private final Consumer<SynchronikEvent> announced;
  private final Subscribers subscribers;
  private final UserCode code;
  private volatile List<Lane<Runnable>> lanes = List.of();

  /** What came up while the engine was stopped; guarded by itself. */
  private final Queue<Later> kept = new ArrayDeque<>();

  private record Later(Object key, Runnable task) {}

  /** The hooks of units. */
  @FunctionalInterface
  public interface Hooks {
    /** Calls the hooks of a unit, when this node knows it. */
    void with(String unit, Consumer<RunHooks> call);
  }

  public Announcer(
      Hooks hooks,
      EventSink observers,
      Subscribers subscribers,
      Consumer<SynchronikEvent> announced,
      UserCode code) {
    this.hooks = hooks;
    this.code = code;
    this.subscribers = subscribers;
    this.observers = observers;
    this.announced = announced;
  }

  public void start(EngineThreads threads) {
    List<Lane<Runnable>> made =
        IntStream.range(0, LANES)
            .mapToObj(
                i ->
                    Lane.<Runnable>ofThings(
                        "announcing " + (i + 1),
                        100,
                        Lane.freely(all -> all.forEach(Announcer::guarded))))
            .toList();
    synchronized (kept) {
      kept.forEach(later -> offer(made, later.key, later.task));
      kept.clear();
      lanes = made;
    }
    made.forEach(lane -> threads.start("announcer", lane));
  }

  /** Announces what is queued and ends; returns whether all of it was announced in time. */
  public boolean stop(Duration atMost) {
    boolean ended = true;
    for (Lane<Runnable> lane : lanes) {
      ended &= lane.close(atMost);
    }
    lanes = List.of();
    return ended;
  }

  /** Queues events in their order. */
  public void announce(List<SynchronikEvent> events) {
    for (SynchronikEvent event : events) {
      later(key(event), () -> announceNow(event));
    }
  }

  /** Queues something behind the events with the same key; on a stopped engine until it starts. */
  public void later(Object key, Runnable task) {
    List<Lane<Runnable>> open = lanes;
    if (open.isEmpty()) {
      synchronized (kept) {
        open = lanes;
        if (open.isEmpty()) {
          kept.add(new Later(key, task));
          return;
        }
      }
    }
    offer(open, key, task);
  }

  private static void offer(List<Lane<Runnable>> open, Object key, Runnable task) {
    open.get(Math.floorMod(key.hashCode(), open.size())).offer(task);
  }

  /** The lane of a unit's events; events of no unit share one. */
  private static Object key(SynchronikEvent event) {
    return Optional.<Object>ofNullable(event.origin().unit()).orElse("");
  }

  /** Announces an event on this thread. */
  public void announceNow(SynchronikEvent event) {
    if (event instanceof UnitEvent unitEvent) {
      callHook(unitEvent);
    }
    guarded(() -> observers.announce(event, code));
    for (Consumer<SynchronikEvent> subscriber : subscribers.all()) {
      code.tell("A subscriber of events", () -> subscriber.accept(event));
    }
    announced.accept(event);
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
