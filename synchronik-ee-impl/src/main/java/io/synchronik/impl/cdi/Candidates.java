package io.synchronik.impl.cdi;

import io.synchronik.worker.Worker;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Classes that mention {@code @Worker}, and the beans that came of them. */
final class Candidates {
  private final Map<Class<?>, AnnotatedType<?>> types = new LinkedHashMap<>();
  private final Map<Class<?>, Bean<?>> beans = new LinkedHashMap<>();

  void seen(AnnotatedType<?> type) {
    if (isDeclared(type)) {
      types.put(type.getJavaClass(), type);
    }
  }

  void isBean(AnnotatedType<?> type, Bean<?> bean) {
    if (isDeclared(type)) {
      types.put(type.getJavaClass(), type);
      beans.put(type.getJavaClass(), bean);
    }
  }

  private static boolean isDeclared(AnnotatedType<?> type) {
    return type.isAnnotationPresent(Worker.class) || !methods(type).isEmpty();
  }

  static List<AnnotatedMethod<?>> methods(AnnotatedType<?> type) {
    List<AnnotatedMethod<?>> methods = new ArrayList<>();
    for (AnnotatedMethod<?> method : type.getMethods()) {
      if (method.isAnnotationPresent(Worker.class)) {
        methods.add(method);
      }
    }
    return methods;
  }

  Map<Class<?>, AnnotatedType<?>> types() {
    return types;
  }

  /** Returns the bean of a class, null when it is none. */
  @Nullable Bean<?> bean(Class<?> type) {
    return beans.get(type);
  }
}
