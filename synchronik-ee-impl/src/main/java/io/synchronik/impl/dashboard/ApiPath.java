package io.synchronik.impl.dashboard;

import jakarta.ws.rs.ApplicationPath;
import java.util.Collection;
import java.util.Comparator;

/** Where the admin resource stands, below the web application's own path. */
final class ApiPath {
  private static final String ROOT = "synchronik";

  private ApiPath() {}

  /**
   * Finds out from the classes of JAX-RS applications. Of several the first by name counts; the
   * setting says it where that is the wrong one.
   *
   * @return without slashes at its ends; empty when there is no JAX-RS application
   */
  static String of(Collection<Class<?>> applications) {
    return applications.stream()
        .filter(type -> type.isAnnotationPresent(ApplicationPath.class))
        .min(Comparator.comparing(Class::getName))
        .map(type -> type.getAnnotation(ApplicationPath.class).value())
        .map(path -> path.replaceAll("^/|/?\\*?$", ""))
        .map(path -> path.isEmpty() ? ROOT : path + "/" + ROOT)
        .orElse("");
  }
}
