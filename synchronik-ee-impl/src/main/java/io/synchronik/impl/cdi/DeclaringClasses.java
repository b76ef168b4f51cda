package io.synchronik.impl.cdi;

import io.synchronik.impl.settings.Message;
import io.synchronik.process.WorkerProcess;
import io.synchronik.worker.Worker;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hears from the server which classes declare units, whether CDI looks at them or not. */
@HandlesTypes({Worker.class, WorkerProcess.class})
public class DeclaringClasses implements ServletContainerInitializer {
  private static final Logger LOG = System.getLogger(DeclaringClasses.class.getName());
  private static final String ATTRIBUTE = DeclaringClasses.class.getName();

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
    context.setAttribute(ATTRIBUTE, classes == null ? Set.of() : Set.copyOf(classes));
    if (context.getClassLoader() != DeclaringClasses.class.getClassLoader()) {
      context.addListener(new Outside());
    }
  }

  /** Tells that nothing has started where the server passes over listeners outside of a WAR. */
  private static final class Outside implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      ServletContext context = event.getServletContext();
      if (!ServerListener.hasStarted(context)) {
        LOG.log(Level.WARNING, Message.JAR_OUTSIDE.with(context.getContextPath()));
      }
    }
  }

  /** Returns the classes of an application; none where the server did not tell. */
  @SuppressWarnings("unchecked") // nobody else sets it
  static Set<Class<?>> of(ServletContext context) {
    Object classes = context.getAttribute(ATTRIBUTE);
    return classes == null ? Set.of() : (Set<Class<?>>) classes;
  }
}
