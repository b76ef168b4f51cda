package io.synchronik.impl.flow;

import io.synchronik.impl.run.Results;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.impl.unit.RegisteredProcess;
import io.synchronik.impl.unit.Registry;
import io.synchronik.process.Condition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the conditions of a process about the result of one of its workers. */
public final class Choices implements Results.Choice {
  private static final String BETWEEN = " ";

  private final Registry registry;
  private final UserCode code;

  public Choices(Registry registry, UserCode code) {
    this.registry = registry;
    this.code = code;
  }

  /**
   * Returns the ids of the workers that a result lets run, with blanks between; null when there is
   * no condition on it.
   */
  @Override
  public @Nullable String of(RunStore.Owned run, @Nullable Object result) {
    RunStore.Part part = run.context().origin().part();
    RegisteredProcess process = part == null ? null : registry.process(part.unit());
    if (part == null || process == null) {
      return null;
    }
    Map<String, Condition<?>> conditions = process.body().conditionsOn(part.task());
    return conditions.isEmpty()
        ? null
        : conditions.entrySet().stream()
            .filter(entry -> allows(entry.getValue(), result, part, entry.getKey()))
            .map(Map.Entry::getKey)
            .sorted()
            .collect(Collectors.joining(BETWEEN));
  }

  private boolean allows(
      Condition<?> condition, @Nullable Object result, RunStore.Part part, String worker) {
    return code.call(
        () -> test(condition, result),
        e -> {
          UserCode.warn(
              "The condition of '"
                  + worker
                  + "' on the result of '"
                  + part.task()
                  + "' failed in run "
                  + part.run()
                  + " of '"
                  + part.unit()
                  + "' and counts as false",
              e);
          return false;
        });
  }

  /** A result of another type than the condition expects fails it. */
  @SuppressWarnings({"unchecked", "NullAway"}) // null is for the condition to judge
  private static <R extends @Nullable Object> boolean test(
      Condition<R> condition, @Nullable Object result) throws Exception {
    return condition.test((R) result);
  }

  /** Returns the verdicts on some workers, in their order. */
  static List<Boolean> verdicts(@Nullable String choices, List<String> workers) {
    Set<String> chosen = choices == null ? Set.of() : Set.of(choices.split(BETWEEN));
    return workers.stream().map(chosen::contains).toList();
  }
}
