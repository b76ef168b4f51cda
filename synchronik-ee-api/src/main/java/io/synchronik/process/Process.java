package io.synchronik.process;

import io.synchronik.event.RunHooks;
import io.synchronik.unit.UnitDefinition;
import io.synchronik.unit.UnitId;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The definition of a process: workers with a run mode or a dependency graph. Immutable.
 *
 * <pre>{@code
 * @Produces Process nightly() {
 *   return Process.named("nightly")
 *       .worker(Extract.class)
 *       .worker(Validate.class).after(Extract.class)
 *       .worker(Publish.class).after(Validate.class, (ValidationReport r) -> r.errors() == 0)
 *       .cron("0 30 1 * * ?")
 *       .build();
 * }
 * }</pre>
 *
 * <p>Each bean of this type is a process, whatever its qualifiers, and so is what is given to
 * {@link io.synchronik.SynchronikManager#registerUnit}. A producer is called once, when the
 * application starts, inside a request context. What it is given may be used by conditions and
 * hooks: it lives as long as the application. Settings override a process's configuration as they
 * do that of {@link WorkerProcess}.
 *
 * <p>Whether the workers exist, belong to the process and depend on one another without a cycle is
 * checked when the process is registered, with all errors reported together. The same holds for a
 * process without workers.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the run mode is {@link RunMode#GRAPH}
 * and no worker depends on another, or the other way round.
 *
 * @param id unique over the application's units
 * @param name for people
 * @param description for people
 * @param enabled whether schedules run it at first
 * @param config its configuration
 * @param steps its workers, in the order of the definition
 * @param hooks told of its runs
 */
// Always imported by name, and never used where java.lang.Process could be meant.
@SuppressWarnings("JavaLangClash")
public record Process(
    UnitId id,
    String name,
    String description,
    boolean enabled,
    ProcessConfig config,
    List<ProcessStep> steps,
    RunHooks hooks)
    implements UnitDefinition {
  public Process {
    steps = List.copyOf(steps);
    boolean graph = steps.stream().anyMatch(step -> !step.after().isEmpty());
    RunMode mode = config.order().mode();
    if (graph != (mode == RunMode.GRAPH)) {
      throw new IllegalArgumentException(
          graph
              ? "process '%s' has dependencies and the run mode %s: take one of both"
                  .formatted(id, mode)
              : "process '%s' has the run mode GRAPH and no dependencies".formatted(id));
    }
  }

  /**
   * Begins a definition.
   *
   * @param id unique over the application's units: 1 to 128 of letters, digits, {@code . _ - :}
   * @return a builder: sequential, on demand, enabled, without workers
   * @throws IllegalArgumentException if the id has a wrong form
   */
  public static ProcessDesign named(String id) {
    return new ProcessDesign(new UnitId(id));
  }

  /**
   * Returns a copy with a changed configuration.
   *
   * @param change what to change
   * @return the copy
   * @throws IllegalArgumentException if a value is out of its range, or the run mode does not fit
   *     the dependencies
   */
  public Process with(UnaryOperator<ProcessConfigBuilder> change) {
    ProcessConfig changed = change.apply(config.toBuilder()).build();
    return new Process(id, name, description, enabled, changed, steps, hooks);
  }
}
