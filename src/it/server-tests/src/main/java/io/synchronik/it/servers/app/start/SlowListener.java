package io.synchronik.it.servers.app.start;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

@WebListener
public class SlowListener implements ServletContextListener {
  @Override
  public void contextInitialized(ServletContextEvent event) {
    Sequence.lasts("listener");
  }
}
