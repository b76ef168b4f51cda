package io.synchronik.impl.flow;

import io.synchronik.impl.exec.Questions;
import io.synchronik.impl.net.plan.NetPlan;
import io.synchronik.impl.run.attempt.Results;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.ProcessModels;
import io.synchronik.impl.unit.RegisteredProcess;
import io.synchronik.process.Condition;
import io.synchronik.run.WrongStateException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the conditions of a process about the result of one of its workers: those that the
 * definition has with which the run began.
 */
public final class Choices implements Results.Choice {
  private static final String BETWEEN = " ";

  private final Core core;
  private final ProcessModels models;
  private final Questions questions;

  public Choices(Core core, ProcessModels models, Questions questions) {
    this.core = core;
    this.models = models;
    this.questions = questions;
  }

  @Override
  public Results.Conditions on(RunStore.Owned run) {
    RunStore.Part part = run.context().origin().part();
    if (part == null) {
      return Results.Conditions.NONE;
    }
    List<String> judged =
        plan(part).map(NetPlan::links).orElse(List.of()).stream()
            .filter(link -> link.conditional() && link.parent().equals(part.task()))
            .map(NetPlan.Link::worker)
            .toList();
    return judged.isEmpty() ? Results.Conditions.NONE : new OnPart(part, conditions(part, judged));
  }

  private Optional<NetPlan> plan(RunStore.Part part) {
    return models
        .remembered(part.run())
        .or(() -> core.transactions().own(tx -> models.plan(tx, part.run())));
  }

  /** A worker whose condition nobody can ask would be skipped without a word. */
  private Map<String, Condition<?>> conditions(RunStore.Part part, List<String> judged) {
    RegisteredProcess process = core.registry().process(part.unit());
    Map<String, Condition<?>> known =
        process == null ? Map.of() : process.body().conditionsOn(part.task());
    Map<String, Condition<?>> conditions = new TreeMap<>();
    for (String worker : judged) {
      Condition<?> condition = known.get(worker);
      if (condition == null) {
        throw new WrongStateException(
            Message.CONDITION_GONE.with(part.task(), worker, part.run(), part.unit()));
      }
      conditions.put(worker, condition);
    }
    return conditions;
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
      return core.code()
          .<Supplier<Boolean>>call(
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
