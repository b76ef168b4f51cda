package io.synchronik.impl.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.net.plan.Net;
import io.synchronik.impl.net.plan.NetCompiler;
import io.synchronik.impl.net.plan.NetPlan;
import io.synchronik.process.FailurePolicy;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import io.synchronik.process.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Plays a run by hand: tasks by their ids, refused commands fail the test. */
public final class Play {
  final Net net;
  NetState state;
  final List<Effect> effects = new ArrayList<>();

  Play(Net net) {
    this.net = net;
    this.state = NetState.initial(net);
  }

  static Play of(RunMode mode, String... workers) {
    return of(RunOrder.of(mode), FailurePolicy.defaultOf(mode), workers);
  }

  static Play of(RunOrder order, FailurePolicy policy, String... workers) {
    return new Play(NetCompiler.compile(new NetPlan(order, policy, List.of(workers), List.of())));
  }

  /** A graph of texts such as {@code a>b}, or {@code a?b} with a condition. */
  static Play graph(FailurePolicy policy, List<String> workers, String... links) {
    return new Play(NetCompiler.compile(plan(policy, workers, links)));
  }

  public static NetPlan plan(FailurePolicy policy, List<String> workers, String... links) {
    List<NetPlan.Link> parsed = new ArrayList<>();
    for (String link : links) {
      String[] ends = link.split("[>?]", -1);
      parsed.add(new NetPlan.Link(ends[0], ends[1], link.contains("?")));
    }
    return new NetPlan(RunOrder.of(RunMode.GRAPH), policy, workers, parsed);
  }

  Play start(String... disabled) {
    return accept(new Command.Start(List.of(disabled).stream().map(net::task).toList()));
  }

  Play run(String task) {
    int number = net.task(task);
    return accept(new Command.Started(number, state.generation(number)));
  }

  Play end(String task, Boolean... verdicts) {
    return end(task, new Outcome.Succeeded(List.of(verdicts)));
  }

  Play fail(String task) {
    return end(task, Outcome.FAILED);
  }

  Play end(String task, Outcome outcome) {
    if (state.state(net.task(task)) == TaskState.ENABLED) {
      run(task);
    }
    int number = net.task(task);
    return accept(new Command.Ended(number, state.generation(number), outcome));
  }

  Play delayOver(String task) {
    int number = net.task(task);
    return accept(new Command.DelayOver(number, state.generation(number)));
  }

  Play cancel(String task) {
    int number = net.task(task);
    return accept(new Command.CancelTask(number, state.generation(number)));
  }

  Play cancelRun() {
    return accept(new Command.CancelRun("by anna"));
  }

  Play accept(Command command) {
    StepResult result = Step.apply(net, state, command);
    assertThat(result).as(command.toString()).isInstanceOf(StepResult.Moved.class);
    StepResult.Moved moved = (StepResult.Moved) result;
    state = moved.state();
    effects.clear();
    effects.addAll(moved.effects());
    return this;
  }

  Refusal refused(Command command) {
    StepResult result = Step.apply(net, state, command);
    assertThat(result).as(command.toString()).isInstanceOf(StepResult.Refused.class);
    return ((StepResult.Refused) result).why();
  }

  /** Ids of tasks in a state. */
  List<String> in(TaskState wanted) {
    return IntStream.range(0, net.tasks())
        .filter(task -> state.state(task) == wanted)
        .mapToObj(net::id)
        .toList();
  }

  List<String> enabled() {
    return in(TaskState.ENABLED);
  }

  /** Why each task was skipped or cancelled. */
  Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    state.taskRows(net).stream()
        .filter(row -> row.reason() != null)
        .forEach(row -> reasons.put(row.task(), row.reason()));
    return reasons;
  }

  /** Verdicts that the last command gave. */
  Map<String, Verdict> judged() {
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Judged judged) {
        verdicts.put(net.id(judged.task()), judged.verdict());
      }
    }
    return verdicts;
  }

  List<Duration> delays() {
    return effects.stream()
        .filter(Effect.Delay.class::isInstance)
        .map(effect -> ((Effect.Delay) effect).duration())
        .toList();
  }
}
