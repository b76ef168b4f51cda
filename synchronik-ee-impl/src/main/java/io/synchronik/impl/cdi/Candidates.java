package io.synchronik.impl.cdi;

import io.synchronik.process.Process;
import io.synchronik.process.WorkerProcess;
import io.synchronik.worker.Worker;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Classes that declare units, the beans that came of them, and beans that are processes. */
final class Candidates {
  private final Map<Class<?>, AnnotatedType<?>> types = new LinkedHashMap<>();
  private final Map<Class<?>, Bean<?>> beans = new LinkedHashMap<>();
  private final List<ProcessSource> processes = new ArrayList<>();

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

  void isBean(Bean<?> bean, @Nullable Annotated annotated) {
    if (bean.getTypes().contains(Process.class)) {
      processes.add(ProcessSource.of(bean, annotated));
    }
  }

  private static boolean isDeclared(AnnotatedType<?> type) {
    return type.isAnnotationPresent(Worker.class)
        || type.isAnnotationPresent(WorkerProcess.class)
        || !methods(type).isEmpty();
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

  List<ProcessSource> processes() {
    return processes;
  }

  /** Returns the bean of a class, null when it is none. */
  @Nullable Bean<?> bean(Class<?> type) {
    return beans.get(type);
  }
}
