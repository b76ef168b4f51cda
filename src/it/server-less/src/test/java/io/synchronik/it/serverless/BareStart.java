package io.synchronik.it.serverless;

import io.synchronik.impl.cdi.SynchronikExtension;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;
import org.jboss.weld.environment.se.Weld;

/** Starts an application with nothing but a worker and says why that failed. */
public final class BareStart implements Callable<String> {
  @ApplicationScoped
  static class Bare {
    @Worker(id = "bare")
    void work() {}
  }

  @Override
  public String call() {
    ClassLoader loader = BareStart.class.getClassLoader();
    Weld weld =
        new Weld("bare")
            .disableDiscovery()
            .property(Weld.SHUTDOWN_HOOK_SYSTEM_PROPERTY, false)
            .addBeanClasses(Bare.class)
            .addExtensions(new SynchronikExtension());
    weld.setClassLoader(loader);
    try (var container = weld.initialize()) {
      return "started " + container.getId();
    } catch (RuntimeException | LinkageError e) {
      StringBuilder texts = new StringBuilder();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        texts.append(cause).append('\n');
      }
      return texts.toString();
    }
  }
}
