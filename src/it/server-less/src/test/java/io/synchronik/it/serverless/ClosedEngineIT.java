package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.serverless.closed.ClosedApplication;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.JtaPool;
import io.synchronik.it.testkit.Probe;
import jakarta.enterprise.event.Observes;
import java.io.File;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.weld.environment.se.Weld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is left of an application whose engine is closed: nothing that holds its classes. They are
 * loaded as a server loads those of a WAR, which has the engine and its libraries; all else belongs
 * to the server, as do the threads that call.
 */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ClosedEngineIT {
  private static final long LOOKS_EVERY_MILLIS = 100;

  /** What a WAR with the engine has in its libraries, and the application's own classes. */
  private static final List<String> OF_THE_WAR =
      List.of("io.synchronik.", "org.quartz.", "io.ebean.", "com.github.f4b6a3.", "org.slf4j.");

  private static final String TESTKIT = "io.synchronik.it.testkit.";

  /** Looks for the classes of the WAR in itself first. */
  private static final class WarLoader extends URLClassLoader {
    WarLoader(URL[] classPath) {
      super("war", classPath, ClosedEngineIT.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(TESTKIT) || OF_THE_WAR.stream().noneMatch(name::startsWith)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }
  }

  @Parameter DatabaseKind kind;
  private final ExecutorService caller = Executors.newSingleThreadExecutor();
  private Database database;
  private JtaPool pool;

  @BeforeEach
  void create() throws Exception {
    database = kind.create("closed");
    pool = JtaPool.on(database);
    // The server's own threads and constants are there, none of them made for the application
    caller.submit(() -> pool.inTransaction(this::isConnected)).get();
    try (var server =
        new Weld("server").disableDiscovery().addBeanClass(Heard.class).initialize()) {
      server.event().fire("begin");
    }
  }

  static class Heard {
    void begin(@Observes String event) {}
  }

  private boolean isConnected() throws SQLException {
    try (Connection connection = pool.dataSource().getConnection()) {
      return connection.isValid(0);
    }
  }

  @AfterEach
  void drop() {
    caller.shutdownNow();
    pool.close();
    database.close();
  }

  @Test
  void itsClassLoaderIsFree() throws Exception {
    ReferenceQueue<ClassLoader> free = new ReferenceQueue<>();
    Reference<ClassLoader> loader = useAndClose(free);
    linkAnotherRecord();

    long deadline = System.nanoTime() + Probe.PATIENCE.toNanos();
    Reference<?> found = null;
    while (found == null && System.nanoTime() < deadline) {
      System.gc();
      found = free.remove(LOOKS_EVERY_MILLIS);
    }
    assertThat((Object) found)
        .as("threads: %s", Thread.getAllStackTraces().keySet())
        .isSameAs(loader);
  }

  /** Linked anew in each loader. */
  public record Pair(String first, String second) {}

  /**
   * Up to Java 20 the JDK keeps the type of the latest component of a record that was linked; so
   * that is to be another one.
   */
  private static void linkAnotherRecord() throws Exception {
    try (WarLoader loader = new WarLoader(classPath())) {
      Constructor<?> pair =
          Class.forName(Pair.class.getName(), true, loader)
              .getConstructor(String.class, String.class);
      assertThat((Object) pair.newInstance("a", "b"))
          .isEqualTo(pair.newInstance("a", "b"))
          .hasSameHashCodeAs(pair.newInstance("a", "b"))
          .hasToString("Pair[first=a, second=b]");
    }
  }

  /** In a method of its own: its variables would hold it as well. */
  private Reference<ClassLoader> useAndClose(ReferenceQueue<ClassLoader> free) throws Exception {
    try (WarLoader loader = new WarLoader(classPath())) {
      assertThat(caller.submit(application(loader)).get()).contains("tick", "item", "task");
      return new PhantomReference<>(loader, free);
    }
  }

  @SuppressWarnings("unchecked") // it is one of these
  private Callable<List<String>> application(ClassLoader loader) throws Exception {
    return Class.forName(ClosedApplication.class.getName(), true, loader)
        .asSubclass(Callable.class)
        .getConstructor(JtaPool.class, String.class)
        .newInstance(pool, database.name());
  }

  private static URL[] classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return urls.toArray(new URL[0]);
  }
}
