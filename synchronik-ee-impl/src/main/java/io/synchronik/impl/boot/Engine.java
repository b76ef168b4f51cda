package io.synchronik.impl.boot;

import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.tell.EventSink;
import io.synchronik.impl.tell.Subscribers;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.run.EngineStoppedException;
import jakarta.json.bind.Jsonb;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The engine of one application on one node: what lives as long as the application, and the part
 * that is made anew by each start.
 */
public final class Engine {
  private static final Logger LOG = System.getLogger(Engine.class.getName());

  private final Parts parts;
  private final UseCases uses;
  private volatile @Nullable RunningEngine running;

  /** Guarded by this. */
  private boolean applicationStarted;

  /**
   * Prepares the engine; nothing runs yet.
   *
   * @param platform what the environment provides
   * @param settings read once
   * @param timers the clock
   * @param observers where events go
   * @param subscribers where they go too
   * @param jsonb writes and reads payloads
   */
  public Engine(
      Platform platform,
      Settings settings,
      Timers timers,
      EventSink observers,
      Subscribers subscribers,
      Jsonb jsonb) {
    this.parts = new Parts(platform, settings, timers, observers, subscribers, jsonb);
    this.uses = new UseCases(parts, new EngineSignals(parts.telling, this::runningOrNull));
  }

  /**
   * Brings the schema up to date and writes definitions. From now on it can be called; it begins to
   * work when the application has started, or at once when it has. A second start does nothing.
   *
   * @param declared what the code declares
   * @param wait for what passes by itself
   */
  public synchronized void start(Collection<? extends RegisteredUnit> declared, StartWait wait) {
    if (running != null) {
      return;
    }
    declared.forEach(parts.core.registry()::add);
    running = wait.until(this::started);
    if (applicationStarted) {
      begin();
    } else {
      parts.outcomes.comeLater(Thread.currentThread());
    }
  }

  /** The application has started: what is started begins to work. Once is enough. */
  public synchronized void applicationStarted() {
    applicationStarted = true;
    begin();
  }

  private void begin() {
    RunningEngine present = running;
    if (present == null || present.hasBegun()) {
      return;
    }
    parts.outcomes.come();
    boolean done = false;
    try {
      present.begin();
      done = true;
    } finally {
      if (!done) {
        running = null;
        parts.identity.renew(UUID.randomUUID().toString());
      }
    }
    LOG.log(
        Level.INFO,
        "Synchronik EE started: application {0}, node {1}, {2} units, {3} threads",
        parts.settings().identity().application(),
        parts.settings().identity().node(),
        parts.core.registry().ids().size(),
        parts.settings().work().workers());
  }

  /** Starts, or leaves nothing behind. */
  private RunningEngine started() {
    new StorageLoading(parts, uses).load();
    RunningEngine made = new RunningEngine(parts, uses);
    boolean done = false;
    try {
      made.start();
      done = true;
      return made;
    } finally {
      if (!done) {
        parts.identity.renew(UUID.randomUUID().toString());
      }
    }
  }

  /** Starts again with what is registered. */
  public void start() {
    start(List.of(), new StartWait(parts.settings()));
  }

  /** Stops gracefully; without effect when the engine does not run. */
  public synchronized void stop() {
    RunningEngine stopped = running;
    if (stopped == null) {
      return;
    }
    running = null;
    parts.outcomes.come();
    String application = parts.settings().identity().application();
    stopped.stop();
    parts.identity.renew(UUID.randomUUID().toString());
    LOG.log(Level.INFO, "Synchronik EE stopped: {0}", application);
  }

  /** Returns the part that runs. */
  RunningEngine running() {
    RunningEngine present = running;
    if (present == null) {
      throw new EngineStoppedException(
          Message.NOT_RUNNING.with(parts.settings().identity().application()));
    }
    return present;
  }

  @Nullable RunningEngine runningOrNull() {
    return running;
  }

  /** Returns the units that this node knows. */
  public Collection<RegisteredUnit> known() {
    return parts.core.registry().all();
  }

  Parts parts() {
    return parts;
  }

  UseCases uses() {
    return uses;
  }
}
