package io.synchronik.impl.admin.http;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.core.Application;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the admin resource is in an application. Asks the servlets that the server makes of each
 * {@code Application}, and none of the application's code.
 *
 * @param value the path below that of the web application, beginning with a slash
 * @param application the JAX-RS application that it belongs to
 */
public record AdminPath(String value, Class<?> application) {
  private static final String APPLICATION = "jakarta.ws.rs.Application";
  private static final String ALL_BELOW = "/*";
  private static final Comparator<AdminPath> BY_NAME =
      Comparator.comparing((AdminPath path) -> path.application.getName())
          .thenComparing(AdminPath::value);

  /** Returns those of a web application, in the order of their names. */
  public static List<AdminPath> of(ServletContext context) {
    return of(context.getServletRegistrations().values(), context.getClassLoader());
  }

  static List<AdminPath> of(
      Collection<? extends ServletRegistration> servlets, ClassLoader loader) {
    return servlets.stream()
        .flatMap(servlet -> paths(servlet, loader))
        .distinct()
        .sorted(BY_NAME)
        .toList();
  }

  private static Stream<AdminPath> paths(ServletRegistration servlet, ClassLoader loader) {
    return Stream.of(servlet.getName(), Objects.toString(servlet.getInitParameter(APPLICATION), ""))
        .flatMap(name -> application(name, loader))
        .limit(1)
        .flatMap(
            application ->
                servlet.getMappings().stream()
                    .filter(mapping -> mapping.endsWith(ALL_BELOW))
                    .map(mapping -> below(mapping, application)));
  }

  private static AdminPath below(String mapping, Class<?> application) {
    String path = mapping.substring(0, mapping.length() - ALL_BELOW.length());
    return new AdminPath(path + "/" + AdminResource.ROOT, application);
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

  /** Tells whether the application lists its classes; it gets the resource only if it is listed. */
  public boolean ofList() {
    return Stream.of(application.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .filter(
            method ->
                method.getName().equals("getClasses") || method.getName().equals("getSingletons"))
        .map(Method::getDeclaringClass)
        .anyMatch(type -> type != Application.class);
  }
}
