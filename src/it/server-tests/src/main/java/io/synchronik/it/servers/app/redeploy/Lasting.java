package io.synchronik.it.servers.app.redeploy;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The database is kept by the server's JVM. Each deployment leaves a weak reference to its class
 * loader behind, so that another application can tell what became of it.
 */
@DataSourceDefinition(
    name = "java:app/jdbc/lasting",
    className = "org.h2.jdbcx.JdbcDataSource",
    url = "jdbc:h2:mem:lasting;DB_CLOSE_DELAY=-1",
    user = "sa",
    minPoolSize = 0)
@WebListener
public class Lasting implements ServletContextListener {
  /** Where the references are, among the system's properties. */
  public static final String LOADERS = "synchronik.it.loaders";

  @Override
  @SuppressWarnings("unchecked") // nobody else knows the key
  public void contextInitialized(ServletContextEvent event) {
    var loaders =
        (Collection<WeakReference<ClassLoader>>)
            System.getProperties().computeIfAbsent(LOADERS, key -> new ConcurrentLinkedQueue<>());
    loaders.add(new WeakReference<>(Lasting.class.getClassLoader()));
  }
}
