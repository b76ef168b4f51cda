package io.synchronik.impl.admin;

import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.settings.Message;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.ws.rs.core.Application;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Says where the admin resource is when an application starts, or why it is nowhere. Asks the
 * servlets that the server makes of each {@code Application}, and none of the application's code.
 */
@WebListener
public class AdminPlace implements ServletContextListener {
  private static final Logger LOG = System.getLogger(AdminPlace.class.getName());
  private static final String APPLICATION = "jakarta.ws.rs.Application";
  private static final String ALL_BELOW = "/*";

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    lines(
            context.getContextPath(),
            context.getServletRegistrations().values(),
            context.getClassLoader())
        .forEach(line -> LOG.log(Level.INFO, line));
  }

  /** Returns a line for each place, or the one that there is none. */
  static List<String> lines(
      String contextPath, Collection<? extends ServletRegistration> servlets, ClassLoader loader) {
    List<String> lines =
        servlets.stream().flatMap(servlet -> lines(contextPath, servlet, loader)).sorted().toList();
    return lines.isEmpty()
        ? List.of(Message.ADMIN_NOWHERE.with(contextPath.isEmpty() ? "/" : contextPath))
        : lines;
  }

  private static Stream<String> lines(
      String contextPath, ServletRegistration servlet, ClassLoader loader) {
    return Stream.of(servlet.getName(), Objects.toString(servlet.getInitParameter(APPLICATION), ""))
        .flatMap(name -> application(name, loader))
        .limit(1)
        .flatMap(
            application ->
                servlet.getMappings().stream()
                    .filter(mapping -> mapping.endsWith(ALL_BELOW))
                    .map(mapping -> line(contextPath, mapping, application)));
  }

  private static String line(String contextPath, String mapping, Class<?> application) {
    String path = mapping.substring(0, mapping.length() - ALL_BELOW.length());
    Message message = listsClasses(application) ? Message.ADMIN_OF_LIST : Message.ADMIN_AT;
    return message.with(contextPath + path + "/" + AdminResource.ROOT, application.getName());
  }

  /** Returns the class of a name when it is what a server serves resources for. */
  private static Stream<Class<?>> application(String name, ClassLoader loader) {
    try {
      Class<?> type = Class.forName(name, false, loader);
      return Application.class.isAssignableFrom(type) ? Stream.of(type) : Stream.empty();
    } catch (ClassNotFoundException | LinkageError e) {
      return Stream.empty();
    }
  }

  private static boolean listsClasses(Class<?> application) {
    return Stream.of(application.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .filter(
            method ->
                method.getName().equals("getClasses") || method.getName().equals("getSingletons"))
        .map(Method::getDeclaringClass)
        .anyMatch(type -> type != Application.class);
  }
}
