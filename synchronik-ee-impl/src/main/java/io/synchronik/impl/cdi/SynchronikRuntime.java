package io.synchronik.impl.cdi;

import io.synchronik.SynchronikManager;
import io.synchronik.impl.boot.Engine;
import io.synchronik.impl.boot.EngineManager;
import io.synchronik.impl.journal.Subscribers;
import io.synchronik.impl.quartz.QuartzTimers;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.settings.SettingsReader;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.unit.RegisteredUnit;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Puts the engine together for one application, and takes it apart. */
final class SynchronikRuntime {
  private static final Logger LOG = System.getLogger(SynchronikRuntime.class.getName());
  private static final int OBSERVER_THREADS = 4;

  private final Subscribers subscribers = new Subscribers();
  private @Nullable Declarations declarations;
  private volatile @Nullable Started started;

  private record Started(
      Engine engine,
      SynchronikManager manager,
      Platform platform,
      Jsonb jsonb,
      ThreadPoolExecutor observers) {}

  /** Takes up what the code declares. */
  void declare(Declarations found) {
    declarations = found;
  }

  private List<RegisteredUnit> declared() {
    Declarations present = declarations;
    return present == null ? List.of() : present.units();
  }

  /** Returns the manager to inject. */
  SynchronikManager manager() {
    return LateManager.of(
        () -> {
          Started present = started;
          return present == null ? null : present.manager;
        },
        subscribers);
  }

  /** Starts in a server, on the thread that starts the application. */
  void startInServer(BeanManager beans, String contextPath) {
    List<RegisteredUnit> units = declared();
    Config config = ConfigProvider.getConfig();
    String path = contextPath.replaceFirst("^/", "");
    Settings settings = new SettingsReader(config).read(path.isEmpty() ? "ROOT" : path);
    Executor context = ServerPlatform.context();
    start(
        units,
        beans,
        config,
        settings,
        ServerPlatform.create(settings.store().datasource(), context, new PrincipalCaller(beans)));
  }

  /** Starts in Java SE. */
  void startInSe(BeanManager beans) {
    List<RegisteredUnit> units = declared();
    Config config = ConfigProvider.getConfig();
    Settings settings = new SettingsReader(config).read("");
    start(units, beans, config, settings, SePlatform.create(beans, new PrincipalCaller(beans)));
  }

  private void start(
      List<RegisteredUnit> units,
      BeanManager beans,
      Config config,
      Settings settings,
      Platform platform) {
    String application = settings.identity().application();
    ThreadPoolExecutor observers = observerThreads(application);
    Jsonb jsonb = JsonbBuilder.create();
    QuartzTimers timers = new QuartzTimers(application, platform.context());
    Engine engine =
        new Engine(
            platform,
            settings,
            timers,
            new CdiEventSink(
                beans, task -> observers.execute(() -> platform.context().execute(task))),
            subscribers,
            jsonb);
    DefinitionResolver resolver =
        new DefinitionResolver(beans, new UnitTexts(config), timers, engine::known);
    Started present =
        new Started(
            engine,
            new EngineManager(engine, resolver::resolve, resolver::workersOf),
            platform,
            jsonb,
            observers);
    started = present;
    try {
      engine.start(units);
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  private static ThreadPoolExecutor observerThreads(String application) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            OBSERVER_THREADS,
            OBSERVER_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "synchronik-observer " + application);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Stops and gives everything back; without effect when it is not started. */
  void stop() {
    Started present = started;
    if (present != null) {
      present.engine.stop();
      started = null;
      close(present);
    }
    Declarations made = declarations;
    if (made != null) {
      made.release();
    }
  }

  private static void close(Started present) {
    present.observers.shutdown();
    try {
      if (!present.observers.awaitTermination(5, TimeUnit.SECONDS)) {
        present.observers.shutdownNow();
      }
      present.jsonb.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.log(Level.DEBUG, "JSON-B did not close", e);
    }
    present.platform.entityManagers().close();
  }
}
