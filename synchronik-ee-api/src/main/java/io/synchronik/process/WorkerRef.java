package io.synchronik.process;

import io.synchronik.unit.UnitId;

/** Names a worker in the definition of a process. Resolved when the process is registered. */
public sealed interface WorkerRef {
  /**
   * The worker that a bean class declares. It must be exactly one: a class with several worker
   * methods is named by their ids.
   *
   * @param beanClass the class
   */
  record ByClass(Class<?> beanClass) implements WorkerRef {
    @Override
    public String toString() {
      return beanClass.getName();
    }
  }

  /**
   * The worker with an id.
   *
   * @param id its id
   */
  record ById(UnitId id) implements WorkerRef {
    @Override
    public String toString() {
      return id.value();
    }
  }

  /** Names a worker by its bean class. */
  static WorkerRef of(Class<?> beanClass) {
    return new ByClass(beanClass);
  }

  /**
   * Names a worker by its id.
   *
   * @throws IllegalArgumentException if the id has a wrong form
   */
  static WorkerRef of(String id) {
    return new ById(new UnitId(id));
  }
}
