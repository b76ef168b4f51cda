package io.synchronik.impl.bean;

import io.synchronik.process.Process;
import io.synchronik.process.WorkerProcess;
import io.synchronik.worker.Worker;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Classes that declare units, the beans that CDI made of them, and beans that are processes. */
public final class Candidates {
  private final Map<Class<?>, AnnotatedType<?>> seen = new LinkedHashMap<>();
  private final Map<Class<?>, Declared> beans = new LinkedHashMap<>();
  private final Set<Class<?>> specialized = new HashSet<>();
  private final List<ProcessSource> processes = new ArrayList<>();

  public void seen(AnnotatedType<?> type) {
    if (isDeclared(type)) {
      seen.put(type.getJavaClass(), type);
    }
  }

  /** Takes up a bean. CDI tells of those that it made, and Weld of specialized ones too. */
  public void isBean(ProcessManagedBean<?> event) {
    AnnotatedType<?> type = event.getAnnotatedBeanClass();
    if (type.isAnnotationPresent(Specializes.class)) {
      specialized.add(type.getJavaClass().getSuperclass());
    }
    if (isDeclared(type)) {
      boolean session = event instanceof ProcessSessionBean;
      beans.put(type.getJavaClass(), new Declared(type, new UnitBean(event.getBean(), session)));
    }
  }

  public void isBean(Bean<?> bean, @Nullable Annotated annotated) {
    if (bean.getTypes().contains(Process.class)) {
      processes.add(ProcessSource.of(bean, annotated));
    }
  }

  private static boolean isDeclared(AnnotatedType<?> type) {
    return type.isAnnotationPresent(Worker.class)
        || type.isAnnotationPresent(WorkerProcess.class)
        || !WorkerMethods.of(type).isEmpty();
  }

  /** Returns the beans, and the classes that are none by mistake, by the names of the classes. */
  public List<Declared> declared() {
    List<Declared> declared = new ArrayList<>(beans.values());
    declared.removeIf(bean -> specialized.contains(bean.javaClass()));
    for (AnnotatedType<?> type : withoutBean()) {
      if (Mistakes.in(type).isPresent()) {
        declared.add(new Declared(type, null));
      }
    }
    declared.sort(Comparator.comparing(found -> found.javaClass().getName()));
    return declared;
  }

  /** Returns classes that declare units, are no beans, and may be meant so. */
  public List<AnnotatedType<?>> leftOut() {
    return withoutBean().stream()
        .filter(type -> Mistakes.in(type).isEmpty())
        .filter(type -> !specialized.contains(type.getJavaClass()))
        .filter(type -> !isInherited(type.getJavaClass()))
        .toList();
  }

  private Collection<AnnotatedType<?>> withoutBean() {
    return seen.values().stream().filter(type -> !beans.containsKey(type.getJavaClass())).toList();
  }

  /** Returns whether a bean has the class's methods. */
  public boolean isInherited(Class<?> type) {
    return beans.keySet().stream().anyMatch(type::isAssignableFrom);
  }

  /** Returns whether CDI looked at a class. */
  public boolean wasSeen(Class<?> type) {
    return seen.containsKey(type) || beans.containsKey(type);
  }

  public boolean isEmpty() {
    return beans.isEmpty() && processes.isEmpty();
  }

  public List<ProcessSource> processes() {
    return processes;
  }
}
