package io.synchronik.process;

import io.synchronik.event.RunHooks;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitStarted;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Process}. Workers keep the order in which they are added. Not safe for use by
 * several threads.
 */
public final class ProcessDesign {
  private record Step(WorkerRef worker, List<Dependency> after) {}

  private final UnitId id;
  private final ProcessConfigBuilder config = ProcessConfig.DEFAULT.toBuilder();
  private final List<Step> steps = new ArrayList<>();
  private String name;
  private String description = "";
  private boolean enabled = true;
  private @Nullable RunOrder order;
  private @Nullable FailurePolicy failurePolicy;
  private final ProcessHooks hooks = new ProcessHooks();

  ProcessDesign(UnitId id) {
    this.id = id;
    this.name = id.value();
  }

  /** Sets the name for people; default the id. */
  public ProcessDesign name(String value) {
    name = value;
    return this;
  }

  /** Sets the description for people; default empty. */
  public ProcessDesign description(String value) {
    description = value;
    return this;
  }

  /** Sets whether schedules run it at first; default yes. */
  public ProcessDesign enabled(boolean value) {
    enabled = value;
    return this;
  }

  /** Adds the worker that a bean class declares. */
  public ProcessDesign worker(Class<?> beanClass) {
    return add(WorkerRef.of(beanClass));
  }

  /**
   * Adds the worker with an id.
   *
   * @throws IllegalArgumentException if the id has a wrong form
   */
  public ProcessDesign worker(String worker) {
    return add(WorkerRef.of(worker));
  }

  /** Adds workers by their bean classes. */
  public ProcessDesign workers(Class<?>... beanClasses) {
    for (Class<?> beanClass : beanClasses) {
      worker(beanClass);
    }
    return this;
  }

  /**
   * Adds workers by their ids.
   *
   * @throws IllegalArgumentException if an id has a wrong form
   */
  public ProcessDesign workers(String... workers) {
    for (String worker : workers) {
      worker(worker);
    }
    return this;
  }

  /**
   * Lets the worker added last run only after another one has succeeded. Several calls add up: it
   * runs when all of them allow it.
   *
   * @param parent the bean class of the other, which may be added later
   * @return this
   * @throws IllegalStateException if no worker was added
   */
  public ProcessDesign after(Class<?> parent) {
    return depend(new Dependency(WorkerRef.of(parent), null));
  }

  /** As {@link #after(Class)}, by the other worker's id. */
  public ProcessDesign after(String parent) {
    return depend(new Dependency(WorkerRef.of(parent), null));
  }

  /**
   * Lets the worker added last run only after another one has succeeded with a result that fulfils
   * a condition; otherwise it is skipped.
   *
   * @param parent the bean class of the other, which may be added later
   * @param condition tests the other's result
   * @param <R> type of the other's result
   * @return this
   * @throws IllegalStateException if no worker was added
   */
  public <R extends @Nullable Object> ProcessDesign after(Class<?> parent, Condition<R> condition) {
    return depend(new Dependency(WorkerRef.of(parent), condition));
  }

  /** As {@link #after(Class, Condition)}, by the other worker's id. */
  public <R extends @Nullable Object> ProcessDesign after(String parent, Condition<R> condition) {
    return depend(new Dependency(WorkerRef.of(parent), condition));
  }

  /** Runs the workers one after the other. The default, unless a worker depends on another. */
  public ProcessDesign sequential() {
    return order(RunOrder.of(RunMode.SEQUENTIAL));
  }

  /** Runs all workers at once. */
  public ProcessDesign parallel() {
    return order(RunOrder.of(RunMode.PARALLEL));
  }

  /** Runs the workers in groups of two. */
  public ProcessDesign batched() {
    return order(RunOrder.of(RunMode.BATCHED));
  }

  /**
   * Runs the workers in groups.
   *
   * @param size workers per group, at least 1
   * @return this
   * @throws IllegalArgumentException if the size is less
   */
  public ProcessDesign batched(int size) {
    return order(RunOrder.batched(size));
  }

  /** Runs the workers one after the other with 100 ms between them. */
  public ProcessDesign isolated() {
    return order(RunOrder.of(RunMode.ISOLATED));
  }

  /**
   * Runs the workers one after the other with a delay between them.
   *
   * @param delay not negative
   * @return this
   * @throws IllegalArgumentException if the delay is negative
   */
  public ProcessDesign isolated(Duration delay) {
    return order(RunOrder.isolated(delay));
  }

  /** Sets when the process is due; null (default) for on demand only. */
  public ProcessDesign schedule(@Nullable Schedule value) {
    config.schedule(value);
    return this;
  }

  /**
   * Sets a fixed-rate interval without initial delay and jitter.
   *
   * @throws IllegalArgumentException if it is shorter than {@link Schedule#SHORTEST}
   */
  public ProcessDesign every(Duration interval) {
    config.every(interval);
    return this;
  }

  /** Sets a cron expression (Quartz syntax) in the JVM's time zone. */
  public ProcessDesign cron(String expression) {
    return cron(expression, ZoneId.systemDefault());
  }

  /** Sets a cron expression (Quartz syntax) in a time zone. */
  public ProcessDesign cron(String expression, ZoneId zone) {
    config.cron(expression, zone);
    return this;
  }

  /** Sets what happens to late firings; default {@link Misfire#FIRE_ONCE}. */
  public ProcessDesign misfire(Misfire value) {
    config.misfire(value);
    return this;
  }

  /** Sets what happens to late firings, and from when on a firing is late. */
  public ProcessDesign misfire(MisfirePolicy value) {
    config.misfire(value);
    return this;
  }

  /** Sets what happens when a run should start while another is going on; default skip. */
  public ProcessDesign overlap(Overlap value) {
    config.overlap(value);
    return this;
  }

  /** Sets what a failed worker means; default by the run mode. */
  public ProcessDesign failurePolicy(FailurePolicy value) {
    failurePolicy = value;
    return this;
  }

  /** Sets after how many runs the process is disabled; 0 (default) for never. */
  public ProcessDesign maxRuns(long value) {
    config.maxRuns(value);
    return this;
  }

  /** Adds something told of the starts of its runs. Several are called one after the other. */
  public ProcessDesign onStart(Consumer<UnitStarted> hook) {
    hooks.onStart(hook);
    return this;
  }

  /** Adds something told of its completed runs. Several are called one after the other. */
  public ProcessDesign onComplete(Consumer<UnitCompleted> hook) {
    hooks.onComplete(hook);
    return this;
  }

  /** Adds something told of its failed runs. Several are called one after the other. */
  public ProcessDesign onError(Consumer<UnitFailed> hook) {
    hooks.onError(hook);
    return this;
  }

  /** Adds something told of its runs. */
  public ProcessDesign hooks(RunHooks added) {
    return onStart(added::onStart).onComplete(added::onComplete).onError(added::onError);
  }

  /**
   * Returns the definition.
   *
   * @return the definition
   * @throws IllegalArgumentException if a run mode was set and a worker depends on another, or a
   *     value is out of its range; the message names it
   */
  public Process build() {
    boolean graph = steps.stream().anyMatch(step -> !step.after().isEmpty());
    RunOrder chosen =
        Optional.ofNullable(order).orElse(RunOrder.of(graph ? RunMode.GRAPH : RunMode.SEQUENTIAL));
    FailurePolicy policy =
        Optional.ofNullable(failurePolicy).orElse(FailurePolicy.defaultOf(chosen.mode()));
    return new Process(
        id,
        name,
        description,
        enabled,
        config.order(chosen).failurePolicy(policy).build(),
        steps.stream().map(step -> new ProcessStep(step.worker(), step.after())).toList(),
        hooks.build());
  }

  private ProcessDesign order(RunOrder value) {
    order = value;
    return this;
  }

  private ProcessDesign add(WorkerRef worker) {
    steps.add(new Step(worker, new ArrayList<>()));
    return this;
  }

  private ProcessDesign depend(Dependency dependency) {
    if (steps.isEmpty()) {
      throw new IllegalStateException(
          "process '%s': after(%s) comes before any worker".formatted(id, dependency.on()));
    }
    steps.get(steps.size() - 1).after().add(dependency);
    return this;
  }
}
