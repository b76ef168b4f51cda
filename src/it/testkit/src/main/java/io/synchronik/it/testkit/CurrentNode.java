package io.synchronik.it.testkit;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.CDIProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@code CDI.current()} find the container of the node on whose threads it is called, by the
 * thread's context class loader, as in a server. A single container is found from everywhere.
 */
final class CurrentNode implements CDIProvider {
  private static final Map<ClassLoader, String> CONTAINERS = new ConcurrentHashMap<>();

  static {
    CDI.setCDIProvider(new CurrentNode());
  }

  private CurrentNode() {}

  static void add(ClassLoader loader, String containerId) {
    CONTAINERS.put(loader, containerId);
  }

  static void remove(ClassLoader loader) {
    CONTAINERS.remove(loader);
  }

  @Override
  public CDI<Object> getCDI() {
    String id = idOf(Thread.currentThread().getContextClassLoader());
    WeldContainer container = id == null ? null : WeldContainer.instance(id);
    return container == null ? WeldContainer.current() : container;
  }

  private static @Nullable String idOf(@Nullable ClassLoader loader) {
    return loader == null ? null : CONTAINERS.get(loader);
  }
}
