package io.synchronik.it.testkit;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.transaction.UserTransaction;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.jboss.weld.environment.se.Weld;
import org.jspecify.annotations.Nullable;

/** What a {@link Node} is made of. Each method but {@link #start} returns this object. */
public final class NodeBuilder {
  private static final AtomicInteger STARTED = new AtomicInteger();

  private final Database database;
  private final String name = "node-" + STARTED.incrementAndGet();
  private final List<Class<?>> beans = new ArrayList<>(List.of(Node.class));
  private final NodeInstances instances = new NodeInstances();
  private final Map<String, String> settings = new HashMap<>();
  private int connections = 40;
  private @Nullable Faults faults;
  private boolean local;

  NodeBuilder(Database database) {
    this.database = database;
    setting("synchronik.application", "test");
    setting("synchronik.node", name);
  }

  /** Adds bean classes; there is no other discovery. */
  public NodeBuilder beans(Class<?>... classes) {
    beans.addAll(List.of(classes));
    return this;
  }

  /** Makes an object injectable by a class. */
  public <T> NodeBuilder instance(Class<T> type, T instance) {
    instances.add(type, instance);
    return this;
  }

  /** Makes an object injectable by a generic type, such as a {@link Probe} that the beans tell. */
  public <T> NodeBuilder instance(TypeLiteral<T> type, T instance) {
    instances.add(type.getType(), instance);
    return this;
  }

  /**
   * Sets a key of MicroProfile Config, for this node alone. Already there: {@code
   * synchronik.application=test} and a {@code synchronik.node} of its own.
   */
  public NodeBuilder setting(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** Sets the size of the connection pool; default 40. */
  public NodeBuilder connections(int size) {
    connections = size;
    return this;
  }

  /** Connects without XA, as servers' datasources do by default. */
  public NodeBuilder withoutXa() {
    local = true;
    return this;
  }

  /** Lets faults strike on its connections. */
  public NodeBuilder faults(Faults value) {
    faults = value;
    return this;
  }

  /**
   * Starts the node.
   *
   * @return the node; whoever starts it closes it
   */
  public Node start() {
    ClassLoader loader =
        new URLClassLoader("synchronik-" + name, new URL[0], Node.class.getClassLoader());
    Config config =
        new SmallRyeConfigBuilder()
            .forClassLoader(loader)
            .addDefaultInterceptors()
            .withSources(new PropertiesConfigSource(settings, name, 400))
            .build();
    try {
      Node node =
          new Node(
              database,
              loader,
              config,
              new NodeDataSource(database, name, connections, faults, local));
      instances.add(DataSource.class, node.dataSource());
      instances.add(UserTransaction.class, Jta.USER);
      node.start(weld(loader), name);
      return node;
    } catch (SQLException e) {
      throw new IllegalStateException("No pool for " + database.url(), e);
    }
  }

  private Weld weld(ClassLoader loader) {
    Weld weld =
        new Weld(name)
            .disableDiscovery()
            .property(Weld.SHUTDOWN_HOOK_SYSTEM_PROPERTY, false)
            .addBeanClasses(beans.toArray(Class<?>[]::new))
            .addExtensions(instances);
    weld.setClassLoader(loader);
    // Without discovery Weld does not look for extensions.
    ServiceLoader.load(Extension.class, loader).forEach(weld::addExtensions);
    return weld;
  }
}
