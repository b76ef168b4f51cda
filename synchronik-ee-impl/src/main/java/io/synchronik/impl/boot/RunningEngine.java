package io.synchronik.impl.boot;

import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.node.Loop;
import io.synchronik.impl.node.Statistics;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.tx.EngineThread;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** One start of the engine: begun, stopped, and what it does again and again meanwhile. */
final class RunningEngine {
  /** How long a stop takes at most when everything ends, beside the grace. */
  private static final Duration AT_STOP = Duration.ofSeconds(10);

  private final Parts parts;
  private final UseCases uses;
  private final RunningParts running;
  private final StartOrder order;
  private final Startables startables;
  private final Loop.Way way;
  private final Loop loop;
  private final Instant startedAt;
  private volatile boolean begun;

  RunningEngine(Parts parts, UseCases uses) {
    this.parts = parts;
    this.uses = uses;
    this.startedAt = parts.core.clock().instant();
    this.running = new RunningParts(parts, uses);
    this.order = new StartOrder(parts, uses, running);
    this.startables =
        new Startables(parts.settings().identity().application(), parts.platform.context());
    this.way = Loop.Way.of(parts.core.transactions());
    this.loop = new Loop(way, new LoopSteps(parts, uses, running).all());
  }

  /** Is there for those who call; nothing begins yet. Starts all of that, or nothing. */
  void start() {
    startables.start(order.callable(), AT_STOP);
  }

  /** Begins to work, or starts nothing and stops all. */
  void begin() {
    Startable timers = new Startable("end the timers", this::startTimers, parts.timers::stop);
    startables.start(order.working(timers), AT_STOP);
    begun = true;
  }

  /** Returns whether it works, as the application has started. */
  boolean hasBegun() {
    return begun;
  }

  /** Stops claiming, drains, interrupts, and ends all threads: within the grace and a little. */
  void stop() {
    startables.stop(parts.settings().work().stopGrace().plus(AT_STOP));
  }

  private void startTimers() {
    Settings.Pace pace = parts.settings().pace();
    parts.timers.start(running.intake::due);
    repeat("loop", pace.loop(), loop);
    repeat("watcher", pace.watcher(), Loop.of(way, "scan", () -> running.watcher.scan(false)));
    if (!pace.stats().isZero()) {
      repeat("stats", pace.stats(), Loop.of(way, "tell statistics", this::emitStats));
    }
  }

  private void repeat(String name, Duration interval, Loop repeated) {
    parts.timers.repeat(name, interval, () -> EngineThread.during(repeated::tick));
  }

  /** Does once what the loop does. */
  void tick() {
    loop.tick();
  }

  private void emitStats() {
    uses.milestones.emitNow("engine:stats", uses.statistics.read(present()));
  }

  Statistics.Present present() {
    return new Statistics.Present(
        true,
        startedAt,
        running.dispatcher.busy(),
        running.runningRuns.stuck(),
        Stream.concat(
                running.threads.standings().stream(),
                Stream.of(
                    parts.observing.standing("telling observers"),
                    parts.strands.standing("telling the application")))
            .toList());
  }

  /** A run is to be cancelled, on whatever node it is. */
  void cancelAsked(String run, String by) {
    if (!running.dispatcher.interrupt(run, new Execution.Stop.Cancelled(by))) {
      running.items.refresh();
    }
  }

  /** There is an order for a node, which may be this one. */
  void ordered(String incarnation) {
    if (incarnation.equals(running.lease.claimer().incarnation())) {
      running.lease.look();
    }
  }

  RunningParts parts() {
    return running;
  }
}
