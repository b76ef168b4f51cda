package io.synchronik.it.testkit;

import io.synchronik.SynchronikManager;
import jakarta.transaction.Status;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;

/**
 * One application on one node, in Java SE: a CDI container with its own beans, settings and
 * connections. Any number can run in one JVM, on one database or several; they share the JVM's
 * transaction manager.
 *
 * <pre>{@code
 * try (Database database = DatabaseKind.POSTGRESQL.create("ingestion");
 *     Node node = Node.on(database).beans(Ingestion.class).setting("film.url", url).start()) {
 *   node.inTransaction(() -> node.manager().runWorkerById("ingestion"));
 * }
 * }</pre>
 */
public final class Node implements AutoCloseable {
  private final Database database;
  private final ClassLoader loader;
  private final Config config;
  private final NodeDataSource dataSource;
  private @Nullable WeldContainer container;

  Node(Database database, ClassLoader loader, Config config, NodeDataSource dataSource) {
    this.database = database;
    this.loader = loader;
    this.config = config;
    this.dataSource = dataSource;
  }

  /** Work without a result. */
  @FunctionalInterface
  public interface Step {
    /** Does it. */
    void run() throws Exception;
  }

  /** Begins to describe a node. */
  public static NodeBuilder on(Database database) {
    return new NodeBuilder(database);
  }

  void start(Weld weld, String containerId) {
    boolean started = false;
    try {
      ConfigProviderResolver.instance().registerConfig(config, loader);
      CurrentNode.add(loader, containerId);
      withLoader(() -> container = weld.initialize());
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  /** Returns the database that it works on. */
  public Database database() {
    return database;
  }

  /** Returns its connections, enlisted in the thread's JTA transaction when there is one. */
  public DataSource dataSource() {
    return dataSource;
  }

  /**
   * Returns where threads have taken another connection while they used one, which a pool of few
   * connections does not bear.
   */
  public List<String> secondConnections() {
    return dataSource.second();
  }

  /** Returns the way into the engine. */
  public SynchronikManager manager() {
    return select(SynchronikManager.class);
  }

  /** Returns a bean. */
  public <T> T select(Class<T> type, Annotation... qualifiers) {
    return container().select(type, qualifiers).get();
  }

  /** Returns the CDI container. */
  public WeldContainer container() {
    if (container == null) {
      throw new IllegalStateException("The node does not run");
    }
    return container;
  }

  /**
   * Works in a JTA transaction of its own and commits it; what the work throws rolls it back and is
   * thrown here.
   */
  public <T extends @Nullable Object> T inTransaction(Callable<T> work) throws Exception {
    Jta.USER.begin();
    boolean done = false;
    try {
      T result = work.call();
      done = true;
      return result;
    } finally {
      if (done) {
        Jta.USER.commit();
      } else if (Jta.USER.getStatus() != Status.STATUS_NO_TRANSACTION) {
        Jta.USER.rollback();
      }
    }
  }

  /** The same as {@link #inTransaction(Callable)} for work without a result. */
  public void inTransaction(Step work) throws Exception {
    inTransaction(
        () -> {
          work.run();
          return null;
        });
  }

  /**
   * Takes the database away from this node: its open connections end, so that their uncommitted
   * work is rolled back, and it gets no new ones until {@link #reconnect}.
   */
  public void disconnect() {
    dataSource.cut();
  }

  /**
   * Returns the names of threads that asked for a connection while the database was away, once for
   * each time.
   */
  public List<String> refused() {
    return dataSource.refused();
  }

  /** Gives the database back. */
  public void reconnect() {
    dataSource.mend();
  }

  /**
   * Lets the node die as far as anybody else can see: from now on it does nothing to the database,
   * not even in {@link #close}, where its threads end.
   */
  public void kill() {
    disconnect();
  }

  /** Shuts the application down in good order. A second call does nothing. */
  @Override
  public void close() {
    try {
      if (container != null) {
        withLoader(container::shutdown);
      }
    } finally {
      container = null;
      CurrentNode.remove(loader);
      ConfigProviderResolver.instance().releaseConfig(config);
      dataSource.close();
    }
  }

  private void withLoader(Runnable work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
