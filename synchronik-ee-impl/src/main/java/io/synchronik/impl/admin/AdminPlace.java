package io.synchronik.impl.admin;

import io.synchronik.impl.admin.http.AdminPath;
import io.synchronik.impl.settings.Message;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Says where the admin resource is when an application starts, or why it is nowhere. */
@WebListener
public class AdminPlace implements ServletContextListener {
  private static final Logger LOG = System.getLogger(AdminPlace.class.getName());

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    lines(context.getContextPath(), AdminPath.of(context))
        .forEach(line -> LOG.log(Level.INFO, line));
  }

  /** Returns a line for each place, or the one that there is none. */
  static List<String> lines(String contextPath, List<AdminPath> paths) {
    return paths.isEmpty()
        ? List.of(Message.ADMIN_NOWHERE.with(contextPath.isEmpty() ? "/" : contextPath))
        : paths.stream().map(path -> line(contextPath, path)).toList();
  }

  private static String line(String contextPath, AdminPath path) {
    Message message = path.ofList() ? Message.ADMIN_OF_LIST : Message.ADMIN_AT;
    return message.with(contextPath + path.value(), path.application().getName());
  }
}
