package io.synchronik.impl.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Starts and stops the engine with a web application. Earlier events of CDI come before resources
 * can be looked up on some servers. It begins to work with {@link LastServlet}.
 */
@WebListener
public class ServerListener implements ServletContextListener {
  private static final String STARTED = ServerListener.class.getName();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    BeanManager beans = CDI.current().getBeanManager();
    SynchronikExtension extension = beans.getExtension(SynchronikExtension.class);
    if (extension.take(context)) {
      context.setAttribute(STARTED, true);
      extension.warnOfLeftOut(DeclaringClasses.of(context));
      extension.runtime().startInServer(beans, context.getContextPath(), LastServlet.of(context));
    }
  }

  /** Whether the engine was started with an application. */
  static boolean hasStarted(ServletContext context) {
    return context.getAttribute(STARTED) != null;
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    SynchronikExtension extension =
        CDI.current().getBeanManager().getExtension(SynchronikExtension.class);
    if (extension.giveBack(event.getServletContext())) {
      extension.runtime().stop();
    }
  }
}
