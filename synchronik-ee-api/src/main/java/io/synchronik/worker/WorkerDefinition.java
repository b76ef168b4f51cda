package io.synchronik.worker;

import io.synchronik.unit.UnitDefinition;
import io.synchronik.unit.UnitId;
import java.util.function.UnaryOperator;

/**
 * A worker registered by a call instead of an annotation. Immutable; each {@code with} method
 * returns a changed copy.
 *
 * @param id unique over the application's units
 * @param name for people
 * @param description for people
 * @param enabled whether schedules run it at first
 * @param config its configuration
 * @param target what runs
 */
public record WorkerDefinition(
    UnitId id, String name, String description, boolean enabled, WorkerConfig config, Target target)
    implements UnitDefinition {

  /** What runs. */
  public sealed interface Target {}

  /**
   * A CDI bean that implements {@link Work}, {@link Action} or an {@code ItemSource}. Durable: any
   * node that has the class can run it.
   *
   * @param beanClass resolved as the bean of exactly this class
   */
  public record Bean(Class<?> beanClass) implements Target {}

  /**
   * Code in memory. Its runs are claimed only by nodes where it is registered, and end in an error
   * when no live node knows it any more.
   *
   * @param work the code
   */
  public record Lambda(Work<?> work) implements Target {}

  /**
   * Code in memory that works on items; claimed as a {@link Lambda} is.
   *
   * @param payload what payloads are read as
   * @param work an {@code ItemSource}
   */
  public record ItemLambda(Class<?> payload, WorkerHooks work) implements Target {}

  /**
   * Defines a worker by a bean class.
   *
   * @param id unique over the application's units
   * @param beanClass a CDI bean that implements {@link Work}, {@link Action} or an {@code
   *     ItemSource}
   * @return a definition with default configuration, enabled
   * @throws IllegalArgumentException if the id has a wrong form
   */
  public static WorkerDefinition of(String id, Class<?> beanClass) {
    return create(id, new Bean(beanClass));
  }

  /**
   * Defines a worker by code in memory.
   *
   * @param id unique over the application's units
   * @param work the code
   * @return a definition with default configuration, enabled
   * @throws IllegalArgumentException if the id has a wrong form
   */
  public static WorkerDefinition of(String id, Work<?> work) {
    return create(id, new Lambda(work));
  }

  private static WorkerDefinition create(String id, Target target) {
    return new WorkerDefinition(new UnitId(id), id, "", true, WorkerConfig.DEFAULT, target);
  }

  /** Returns a copy with another name for people. */
  public WorkerDefinition withName(String value) {
    return new WorkerDefinition(id, value, description, enabled, config, target);
  }

  /** Returns a copy with another description. */
  public WorkerDefinition withDescription(String value) {
    return new WorkerDefinition(id, name, value, enabled, config, target);
  }

  /** Returns a copy that is enabled at first or not. */
  public WorkerDefinition withEnabled(boolean value) {
    return new WorkerDefinition(id, name, description, value, config, target);
  }

  /**
   * Returns a copy with a changed configuration.
   *
   * @param change what to change
   * @return the copy
   * @throws IllegalArgumentException if a value is out of its range
   */
  public WorkerDefinition with(UnaryOperator<WorkerConfigBuilder> change) {
    WorkerConfig changed = change.apply(config.toBuilder()).build();
    return new WorkerDefinition(id, name, description, enabled, changed, target);
  }
}
