package io.synchronik.impl.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Starts and stops the engine with a web application. Earlier events of CDI come before resources
 * can be looked up on some servers.
 */
@WebListener
public class ServerListener implements ServletContextListener {
  @Override
  public void contextInitialized(ServletContextEvent event) {
    BeanManager beans = CDI.current().getBeanManager();
    beans
        .getExtension(SynchronikExtension.class)
        .runtime()
        .startInServer(beans, event.getServletContext().getContextPath());
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    CDI.current().getBeanManager().getExtension(SynchronikExtension.class).runtime().stop();
  }
}
