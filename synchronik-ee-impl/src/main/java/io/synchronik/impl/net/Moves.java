package io.synchronik.impl.net;

import io.synchronik.impl.net.plan.Net;
import io.synchronik.process.FailurePolicy;
import io.synchronik.process.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step in the making. The command has passed the guards. */
final class Moves {
  final LongVector.Edit tasks;
  final Tokens tokens;
  NetPhase phase;
  @Nullable String reason;
  int active;
  int failures;

  private final Net net;
  private final List<Effect> effects = new ArrayList<>(4);

  Moves(Net net, NetState state) {
    this.net = net;
    tasks = state.tasks.edit();
    tokens = new Tokens(net, state);
    phase = state.phase;
    reason = state.reason;
    active = state.active;
    failures = state.failures;
  }

  StepResult result() {
    return new StepResult.Moved(new NetState(this), effects);
  }

  void start(List<Integer> disabled) {
    phase = NetPhase.STARTED;
    for (int task : disabled) {
      put(task, TaskState.DISABLED, ReasonKind.DISABLED, 0);
    }
    if (net.start != Net.NONE) {
      mark(net.start, true);
    }
    for (int task = 0; task < net.tasks() && net.isGraph(); task++) {
      if (net.inputs.count(task) == 0) {
        takeTurn(task);
      }
    }
    settle();
  }

  void started(int task) {
    put(task, TaskState.STARTED);
    tokens.take(task);
    settle();
  }

  void delayOver(int task) {
    enable(task, Words.generation(tasks.get(task)));
  }

  void ended(int task, Outcome outcome) {
    if (outcome instanceof Outcome.Succeeded success) {
      put(task, TaskState.COMPLETED);
      judge(task);
      if (!isStopping()) {
        emit(task, success.verdicts());
        tokens.affected.add(task);
      }
    } else if (outcome instanceof Outcome.Failed) {
      put(task, TaskState.FAILED);
      failed(task);
    } else {
      put(task, TaskState.CANCELED, ReasonKind.CANCELED, 0);
      failed(task);
    }
    settle();
  }

  void cancel(int task) {
    boolean held = state(task) != TaskState.STARTED;
    withdraw(task);
    put(task, TaskState.CANCELED, ReasonKind.CANCELED, 0);
    if (held) {
      tokens.take(task);
    }
    failed(task);
    settle();
  }

  void cancelRun(String why) {
    end(NetPhase.CANCELED, why, ReasonKind.RUN_CANCELED);
  }

  private void failed(int task) {
    judge(task);
    if (net.policy != FailurePolicy.STOP) {
      emit(task, List.of());
    } else if (failures == 1) {
      stop(task);
    }
  }

  /** Skips whatever does not run yet. */
  private void stop(int cause) {
    for (int task = 0; task < net.tasks(); task++) {
      TaskState state = state(task);
      boolean pending = state == TaskState.WAITING || state == TaskState.ENABLED;
      if (pending) {
        withdraw(task);
      }
      if (pending || (state == TaskState.DISABLED && net.isGraph())) {
        skip(task, ReasonKind.STOPPED, cause);
      }
    }
  }

  /** Makes the run final. What is active is cancelled; in a graph each task gets its verdict. */
  private void end(NetPhase how, @Nullable String why, ReasonKind left) {
    for (int task = 0; task < net.tasks(); task++) {
      TaskState state = state(task);
      if (state.isActive()) {
        withdraw(task);
        put(task, TaskState.CANCELED, left, 0);
        judge(task);
      } else if (state == TaskState.DISABLED && net.isGraph()) {
        skip(task, left, 0);
      }
    }
    phase = how;
    reason = why;
    effects.add(new Effect.RunEnded(how, why));
  }

  /** Lets follow what follows, until nothing does. */
  private void settle() {
    for (int i = 0; i < tokens.affected.size() && phase == NetPhase.STARTED; i++) {
      check(tokens.affected.get(i));
    }
    tokens.affected.clear();
    if (phase == NetPhase.STARTED && active == 0) {
      endByItself();
    }
  }

  private void endByItself() {
    boolean reached = net.isGraph();
    for (int task = 0; task < net.tasks() && reached; task++) {
      reached = state(task).isFinal();
    }
    boolean tolerated = failures == 0 || net.policy == FailurePolicy.TOLERATE;
    String why = reached || failures > 0 ? null : "no task can go on";
    end(reached && tolerated ? NetPhase.COMPLETED : NetPhase.FAILED, why, ReasonKind.UNREACHED);
  }

  private void check(int task) {
    switch (state(task)) {
      case DISABLED -> {
        if (tokens.satisfy(task)) {
          takeTurn(task);
        }
      }
      case COMPLETED -> {
        if (tokens.satisfy(task) && !net.isRoute(task)) {
          takeTurn(task);
        }
      }
      case WAITING, ENABLED -> {
        if (!tokens.satisfy(task)) {
          withdraw(task);
          put(task, TaskState.DISABLED);
        }
      }
      case STARTED, FAILED, CANCELED, SKIPPED -> {}
    }
  }

  private void takeTurn(int task) {
    if (isStopping()) {
      return;
    }
    int parent = tokens.whoForbids(task);
    if (Words.reason(tasks.get(task)) == ReasonKind.DISABLED) {
      tokens.take(task);
      skip(task, ReasonKind.DISABLED, 0);
      emit(task, List.of());
    } else if (parent != Net.NONE) {
      tokens.take(task);
      skip(task, because(parent), parent);
      emit(task, List.of());
    } else if (net.isRoute(task)) {
      tokens.take(task);
      put(task, TaskState.COMPLETED);
      emit(task, List.of());
    } else {
      int generation = Words.generation(tasks.get(task)) + 1;
      if (net.delay(task).isZero()) {
        enable(task, generation);
      } else {
        put(task, generation, TaskState.WAITING);
        effects.add(new Effect.Delay(task, generation, net.delay(task)));
      }
    }
  }

  private void enable(int task, int generation) {
    put(task, generation, TaskState.ENABLED);
    effects.add(new Effect.Ready(task, generation));
  }

  private void skip(int task, ReasonKind why, int named) {
    put(task, TaskState.SKIPPED, why, named);
    judge(task);
  }

  private ReasonKind because(int parent) {
    long word = tasks.get(parent);
    return switch (Words.state(word)) {
      case FAILED -> ReasonKind.PARENT_FAILED;
      case CANCELED -> ReasonKind.PARENT_CANCELED;
      case SKIPPED ->
          Words.reason(word) == ReasonKind.DISABLED
              ? ReasonKind.PARENT_DISABLED
              : ReasonKind.PARENT_SKIPPED;
      case DISABLED, WAITING, ENABLED, STARTED, COMPLETED -> ReasonKind.CONDITION_FALSE;
    };
  }

  private void withdraw(int task) {
    long word = tasks.get(task);
    effects.add(new Effect.Withdraw(task, Words.generation(word), Words.state(word)));
  }

  /** Marks the outputs of a task that has ended. */
  private void emit(int task, List<Boolean> verdicts) {
    boolean ran = state(task) == TaskState.COMPLETED;
    boolean xor = net.isXorSplit(task);
    int choice = 0;
    int last = net.edges.to(task) - 1;
    for (int i = net.edges.from(task); i <= last; i++) {
      int edge = net.edges.at(i);
      boolean allowed =
          switch (net.kind(edge)) {
            case ORDER -> !xor || (verdicts.isEmpty() ? i == last : verdicts.get(choice++));
            case DEPENDENCY -> ran;
            case CONDITIONAL -> ran && verdicts.get(choice++);
          };
      if (allowed || !xor) {
        mark(net.edgePlace(edge), allowed);
      }
    }
  }

  private void mark(int place, boolean live) {
    tokens.mark(place, live);
    if (place == net.end && phase == NetPhase.STARTED) {
      end(NetPhase.COMPLETED, null, ReasonKind.RUN_ENDED);
    }
  }

  private boolean isStopping() {
    return failures > 0 && net.policy == FailurePolicy.STOP;
  }

  private void judge(int task) {
    if (!net.isRoute(task)) {
      long word = tasks.get(task);
      Verdict verdict =
          switch (Words.state(word)) {
            case COMPLETED -> Verdict.COMPLETED;
            case FAILED -> Verdict.FAILED;
            case CANCELED -> Verdict.CANCELED;
            case SKIPPED, DISABLED, WAITING, ENABLED, STARTED -> Verdict.SKIPPED;
          };
      effects.add(new Effect.Judged(task, verdict, Reason.of(net, word)));
    }
  }

  private TaskState state(int task) {
    return Words.state(tasks.get(task));
  }

  private void put(int task, TaskState state) {
    put(task, Words.generation(tasks.get(task)), state);
  }

  private void put(int task, int generation, TaskState state) {
    write(task, Words.task(generation, state, ReasonKind.NONE, 0));
  }

  private void put(int task, TaskState state, ReasonKind why, int named) {
    write(task, Words.task(Words.generation(tasks.get(task)), state, why, named));
  }

  private void write(int task, long word) {
    TaskState before = state(task);
    TaskState after = Words.state(word);
    active += (after.isActive() ? 1 : 0) - (before.isActive() ? 1 : 0);
    failures += (isFailure(after) ? 1 : 0) - (isFailure(before) ? 1 : 0);
    tasks.set(task, word);
  }

  private static boolean isFailure(TaskState state) {
    return state == TaskState.FAILED || state == TaskState.CANCELED;
  }
}
