package io.synchronik.impl.cdi.unit;

import io.synchronik.impl.cdi.work.BeanTarget;
import io.synchronik.impl.cdi.work.MethodTarget;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.impl.unit.RegisteredWorker;
import jakarta.enterprise.inject.Specializes;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The workers that a process can consist of. */
final class KnownWorkers {
  private final Set<String> ids = new HashSet<>();
  private final Map<Class<?>, Set<String>> byClass = new HashMap<>();

  /** Returns the workers among some units. */
  static KnownWorkers among(Collection<? extends RegisteredUnit> units) {
    KnownWorkers known = new KnownWorkers();
    for (RegisteredUnit unit : units) {
      if (unit instanceof RegisteredWorker worker) {
        known.add(worker);
      }
    }
    return known;
  }

  private void add(RegisteredWorker worker) {
    String id = worker.id().value();
    ids.add(id);
    if (worker.target() instanceof BeanTarget target) {
      add(id, target.beanClass());
    } else if (worker.target() instanceof MethodTarget target) {
      add(id, target.beanClass());
    }
  }

  /** Adds a worker of a bean class; it stands for what it specializes too. */
  void add(String id, Class<?> beanClass) {
    ids.add(id);
    byClass.computeIfAbsent(beanClass, key -> new TreeSet<>()).add(id);
    if (beanClass.isAnnotationPresent(Specializes.class)) {
      add(id, beanClass.getSuperclass());
    }
  }

  boolean has(String id) {
    return ids.contains(id);
  }

  /** Returns the ids of the workers that a bean class declares, or was registered for. */
  Set<String> of(Class<?> beanClass) {
    return byClass.getOrDefault(beanClass, Set.of());
  }
}
