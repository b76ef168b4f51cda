package io.synchronik.impl.net;

import io.synchronik.impl.net.plan.Net;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands against a command. */
final class Guards {
  private Guards() {}

  static @Nullable Refusal check(Net net, NetState state, Command command) {
    if (state.phase.isFinal()) {
      return Refusal.FINAL_RUN;
    }
    if (command instanceof Command.OfTask one) {
      return checkTask(net, state, one);
    }
    if (command instanceof Command.Start start) {
      if (state.phase != NetPhase.INITIALIZED) {
        return Refusal.WRONG_STATE;
      }
      boolean known = start.disabled().stream().allMatch(task -> isWorker(net, task));
      return known ? null : Refusal.UNKNOWN_TASK;
    }
    return null;
  }

  private static @Nullable Refusal checkTask(Net net, NetState state, Command.OfTask command) {
    int task = command.task();
    if (!isWorker(net, task)) {
      return Refusal.UNKNOWN_TASK;
    }
    if (state.generation(task) != command.generation()) {
      return Refusal.STALE_GENERATION;
    }
    if (!fits(state.state(task), command)) {
      return Refusal.WRONG_STATE;
    }
    if (command instanceof Command.Ended ended
        && ended.outcome() instanceof Outcome.Succeeded success
        && !fits(net, task, success.verdicts())) {
      return Refusal.BAD_VERDICTS;
    }
    return null;
  }

  private static boolean isWorker(Net net, int task) {
    return task >= 0 && task < net.tasks() && !net.isRoute(task);
  }

  private static boolean fits(TaskState state, Command.OfTask command) {
    if (command instanceof Command.Started) {
      return state == TaskState.ENABLED;
    }
    if (command instanceof Command.Ended) {
      return state == TaskState.STARTED;
    }
    return command instanceof Command.DelayOver ? state == TaskState.WAITING : state.isActive();
  }

  private static boolean fits(Net net, int task, List<Boolean> verdicts) {
    if (verdicts.size() != net.choiceCount(task)) {
      return false;
    }
    return !net.isXorSplit(task) || verdicts.stream().filter(chosen -> chosen).count() == 1;
  }
}
