package io.synchronik.impl.flow;

import io.synchronik.impl.exec.Questions;
import io.synchronik.impl.run.Results;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.impl.unit.RegisteredProcess;
import io.synchronik.impl.unit.Registry;
import io.synchronik.process.Condition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the conditions of a process about the result of one of its workers. */
public final class Choices implements Results.Choice {
  private static final String BETWEEN = " ";

  private final Registry registry;
  private final UserCode code;
  private final Questions questions;

  public Choices(Registry registry, UserCode code, Questions questions) {
    this.registry = registry;
    this.code = code;
    this.questions = questions;
  }

  @Override
  public Results.Conditions on(RunStore.Owned run) {
    RunStore.Part part = run.context().origin().part();
    RegisteredProcess process = part == null ? null : registry.process(part.unit());
    if (part == null || process == null) {
      return Results.Conditions.NONE;
    }
    Map<String, Condition<?>> conditions = process.body().conditionsOn(part.task());
    return conditions.isEmpty() ? Results.Conditions.NONE : new OnPart(part, conditions);
  }

  /** They let workers run, whose ids are written with blanks between. */
  private final class OnPart implements Results.Conditions {
    private final RunStore.Part part;
    private final Map<String, Condition<?>> conditions;

    OnPart(RunStore.Part part, Map<String, Condition<?>> conditions) {
      this.part = part;
      this.conditions = conditions;
    }

    @Override
    public CompletableFuture<@Nullable String> ask(@Nullable Object result) {
      Map<String, CompletableFuture<Boolean>> asked = new TreeMap<>();
      conditions.forEach(
          (worker, condition) ->
              asked.put(
                  worker,
                  questions
                      .ask(question(worker, condition), () -> test(condition, result))
                      .exceptionally(e -> failed(worker, e))));
      return CompletableFuture.allOf(asked.values().toArray(new CompletableFuture<?>[0]))
          .thenApply(
              all ->
                  asked.entrySet().stream()
                      .filter(entry -> entry.getValue().join())
                      .map(Map.Entry::getKey)
                      .collect(Collectors.joining(BETWEEN)));
    }

    @Override
    public @Nullable String askHere(@Nullable Object result) {
      return conditions.entrySet().stream()
          .filter(entry -> allows(entry.getKey(), entry.getValue(), result))
          .map(Map.Entry::getKey)
          .sorted()
          .collect(Collectors.joining(BETWEEN));
    }

    private boolean allows(String worker, Condition<?> condition, @Nullable Object result) {
      return code.<Supplier<Boolean>>call(
              () -> {
                boolean allowed =
                    questions.askHere(question(worker, condition), () -> test(condition, result));
                return () -> allowed;
              },
              e -> () -> failed(worker, e))
          .get();
    }

    private Questions.Question question(String worker, Condition<?> condition) {
      return new Questions.Question(
          part.unit(), part.run(), about(worker), condition.getClass().getName());
    }

    private String about(String worker) {
      return "The condition of '" + worker + "' on the result of '" + part.task() + "'";
    }

    /** What cannot be answered counts as false. */
    private boolean failed(String worker, Throwable thrown) {
      if (thrown instanceof Questions.Stopped stopped) {
        throw stopped;
      }
      if (!(thrown instanceof Questions.Unanswered)) {
        UserCode.warn(
            about(worker)
                + " failed in run "
                + part.run()
                + " of '"
                + part.unit()
                + "' and counts as false",
            thrown);
      }
      return false;
    }
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
