package io.synchronik.impl.cdi;

import io.synchronik.SynchronikManager;
import io.synchronik.impl.boot.Engine;
import io.synchronik.impl.boot.EngineManager;
import io.synchronik.impl.boot.StartWait;
import io.synchronik.impl.cdi.platform.PrincipalCaller;
import io.synchronik.impl.cdi.platform.SePlatform;
import io.synchronik.impl.cdi.platform.ServerPlatform;
import io.synchronik.impl.cdi.unit.Declarations;
import io.synchronik.impl.cdi.unit.DefinitionResolver;
import io.synchronik.impl.cdi.unit.UnitTexts;
import io.synchronik.impl.cdi.work.RequestScopes;
import io.synchronik.impl.quartz.QuartzTimers;
import io.synchronik.impl.settings.Configuration;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.settings.SettingsReader;
import io.synchronik.impl.tell.Subscribers;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.run.SynchronikException;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Puts the engine together for one application, and takes it apart. */
final class SynchronikRuntime {
  private static final Logger LOG = System.getLogger(SynchronikRuntime.class.getName());

  private final Subscribers subscribers = new Subscribers();
  private @Nullable Declarations declarations;
  private volatile @Nullable Started started;

  private record Started(
      Engine engine,
      SynchronikManager manager,
      Platform platform,
      Jsonb jsonb,
      ApplicationStart application) {}

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

  /**
   * Starts in a server, on the thread that starts the application.
   *
   * @param application when that has started
   */
  void startInServer(BeanManager beans, String contextPath, ApplicationStart application) {
    List<RegisteredUnit> units = declared();
    Config config = Configuration.present();
    String path = contextPath.replaceFirst("^/", "");
    Settings settings = read(config, path.isEmpty() ? "ROOT" : path);
    Executor context = ServerPlatform.context();
    String datasource = settings.store().datasource();
    start(
        units,
        beans,
        new Given(config, settings, application),
        () -> ServerPlatform.create(datasource, context, application(beans)));
  }

  /**
   * Starts in Java SE.
   *
   * @param application when that has started
   */
  void startInSe(BeanManager beans, ApplicationStart application) {
    List<RegisteredUnit> units = declared();
    Config config = Configuration.present();
    Settings settings = read(config, "");
    start(
        units,
        beans,
        new Given(config, settings, application),
        () -> SePlatform.create(beans, application(beans)));
  }

  private Settings read(Config config, String application) {
    SettingsReader reader = new SettingsReader(config);
    try {
      return reader.read(application);
    } finally {
      Declarations present = declarations;
      if (present != null) {
        reader.warnOfUnknown(present.names());
      }
    }
  }

  private static Platform.Application application(BeanManager beans) {
    RequestScopes scopes = new RequestScopes(beans);
    return new Platform.Application(new PrincipalCaller(beans), () -> scopes.begin()::end);
  }

  private record Given(Config config, Settings settings, ApplicationStart application) {}

  private void start(
      List<RegisteredUnit> units, BeanManager beans, Given given, Supplier<Platform> environment) {
    Settings settings = given.settings;
    StartWait wait = new StartWait(settings);
    Jsonb jsonb = jsonb();
    Platform platform = wait.until(environment);
    boolean done = false;
    try {
      QuartzTimers timers = new QuartzTimers(settings.identity().application(), platform.context());
      CdiEventSink events = new CdiEventSink(beans);
      Engine engine =
          wait.until(() -> new Engine(platform, settings, timers, events, subscribers, jsonb));
      DefinitionResolver resolver =
          new DefinitionResolver(beans, new UnitTexts(given.config), timers, engine::known);
      started =
          new Started(
              engine,
              new EngineManager(engine, resolver::resolve, resolver::workersOf),
              platform,
              jsonb,
              given.application);
      engine.start(units, wait);
      given.application.follow(
          settings.identity().application(), platform.context(), engine::applicationStarted);
      done = true;
    } finally {
      if (!done) {
        started = null;
        close(platform, jsonb);
        release();
      }
    }
  }

  private static Jsonb jsonb() {
    try {
      return JsonbBuilder.create();
    } catch (JsonbException | LinkageError | ServiceConfigurationError e) {
      throw new SynchronikException(Message.NOT_PROVIDED.with("Jakarta JSON Binding", e), e);
    }
  }

  /** Stops and gives everything back; without effect when it is not started. */
  void stop() {
    Started present = started;
    try {
      if (present != null) {
        present.application.forget();
        present.engine.stop();
      }
    } finally {
      started = null;
      if (present != null) {
        close(present.platform, present.jsonb);
      }
      release();
    }
  }

  private void release() {
    Declarations made = declarations;
    if (made != null) {
      made.release();
    }
  }

  private static void close(Platform platform, Jsonb jsonb) {
    closed("JSON-B", jsonb);
    closed("the entities", platform.entityManagers());
  }

  private static void closed(String what, AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception | Error e) {
      LOG.log(Level.DEBUG, "At the stop " + what + " could not be closed", e);
    }
  }
}
