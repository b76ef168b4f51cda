package io.synchronik.it.serverless.closed;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.JtaPool;
import jakarta.enterprise.inject.spi.Extension;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** Starts an application with units of each kind, lets all of them work, and closes it. */
public final class ClosedApplication implements Callable<List<String>> {
  private final JtaPool pool;
  private final String name;

  /**
   * Prepares it.
   *
   * @param pool its connections, which somebody else closes
   * @param name of the application
   */
  public ClosedApplication(JtaPool pool, String name) {
    this.pool = pool;
    this.name = name;
  }

  /** Does all of it, and returns what happened. */
  @Override
  public List<String> call() throws Exception {
    ClassLoader loader = ClosedApplication.class.getClassLoader();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    Config config =
        new SmallRyeConfigBuilder()
            .forClassLoader(loader)
            .addDefaultInterceptors()
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "synchronik.application",
                        name,
                        "synchronik.loop-interval",
                        "100ms",
                        "synchronik.stats-interval",
                        "1s",
                        "synchronik.unit.tick.log",
                        "all"),
                    name,
                    400))
            .build();
    ConfigProviderResolver.instance().registerConfig(config, loader);
    try {
      return use(loader);
    } finally {
      ConfigProviderResolver.instance().releaseConfig(config);
      thread.setContextClassLoader(before);
    }
  }

  private List<String> use(ClassLoader loader) throws Exception {
    Seen seen = new Seen();
    Weld weld =
        new Weld(name)
            .disableDiscovery()
            .property(Weld.SHUTDOWN_HOOK_SYSTEM_PROPERTY, false)
            .addBeanClasses(Declared.TYPES.toArray(Class<?>[]::new))
            .addExtensions(new Given(pool, seen));
    weld.setClassLoader(loader);
    ServiceLoader.load(Extension.class, loader).forEach(weld::addExtensions);
    try (WeldContainer container = weld.initialize()) {
      new EachKind(container.select(SynchronikManager.class).get(), seen, pool).work();
    }
    return seen.all();
  }
}
