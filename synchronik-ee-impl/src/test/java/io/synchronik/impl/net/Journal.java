package io.synchronik.impl.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.net.plan.EdgeKind;
import io.synchronik.impl.net.plan.Net;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What an engine would store of a run and do for it, checked after each command. */
final class Journal {
  private final Net net;
  private final List<Command> accepted = new ArrayList<>();
  private final Map<String, Integer> placeRows = new TreeMap<>();
  private final Map<String, TaskRow> taskRows = new TreeMap<>();

  /** Of each task with a timer, a ready or a running item: its generation. */
  private final Map<Integer, Integer> open = new HashMap<>();

  private final Map<Integer, Integer> latest = new HashMap<>();
  private final Map<Integer, Integer> verdicts = new HashMap<>();
  private NetState state;
  private int ends;

  Journal(Net net) {
    this.net = net;
    this.state = NetState.initial(net);
  }

  NetState state() {
    return state;
  }

  boolean apply(Command command) {
    NetState before = state;
    NetState copy = stored(before);
    StepResult result = Step.apply(net, before, command);
    assertThat(before).as("what was given stays as it is").isEqualTo(copy);
    if (!(result instanceof StepResult.Moved moved)) {
      return false;
    }
    accepted.add(command);
    state = moved.state();
    if (command instanceof Command.OfTask one) {
      assertThat(one.generation()).isEqualTo(before.generation(one.task()));
    }
    if (command instanceof Command.Started started) {
      int inputs = net.inputs.count(started.task());
      int taken = net.isXorJoin(started.task()) ? Math.min(1, inputs) : inputs;
      assertThat(tokens(before) - tokens(state)).as("tokens taken").isEqualTo(taken);
    }
    write(before);
    moved.effects().forEach(this::perform);
    check();
    return true;
  }

  private NetState stored(NetState of) {
    return NetState.of(net, of.phase(), of.reason(), of.placeRows(net), of.taskRows(net));
  }

  private void write(NetState before) {
    for (PlaceRow row : state.placeChanges(net, before)) {
      assertThat(row.tokens()).isNotNegative();
      if (row.tokens() == 0) {
        placeRows.remove(row.place());
      } else {
        placeRows.put(row.place(), row.tokens());
      }
    }
    state.taskChanges(net, before).forEach(row -> taskRows.put(row.task(), row));
  }

  private void perform(Effect effect) {
    assertThat(ends).as("nothing follows the end of the run").isZero();
    if (effect instanceof Effect.Ready ready) {
      if (!Integer.valueOf(ready.generation()).equals(open.get(ready.task()))) {
        open(ready.task(), ready.generation());
      }
    } else if (effect instanceof Effect.Delay delay) {
      open(delay.task(), delay.generation());
    } else if (effect instanceof Effect.Withdraw withdraw) {
      assertThat(open.remove(withdraw.task())).isEqualTo(withdraw.generation());
    } else if (effect instanceof Effect.Judged judged) {
      open.remove(judged.task());
      verdicts.merge(judged.task(), 1, Integer::sum);
    } else if (effect instanceof Effect.RunEnded ended) {
      ends++;
      assertThat(ended.phase()).isEqualTo(state.phase());
    }
  }

  private void open(int task, int generation) {
    assertThat(open.put(task, generation)).as("one active generation").isNull();
    Integer last = latest.put(task, generation);
    assertThat(generation).isEqualTo(last == null ? 1 : last + 1);
  }

  private int tokens(NetState of) {
    return of.placeRows(net).stream().mapToInt(PlaceRow::tokens).sum();
  }

  private boolean isSatisfied(int task) {
    int inputs = net.inputs.count(task);
    long marked =
        IntStream.range(net.inputs.from(task), net.inputs.to(task))
            .map(net.inputs::at)
            .filter(place -> placeRows.containsKey(net.place(place)))
            .count();
    return net.isXorJoin(task) ? marked > 0 : marked == inputs;
  }

  private void checkInputs(int task) {
    TaskState is = state.state(task);
    if (is == TaskState.ENABLED || is == TaskState.WAITING) {
      assertThat(isSatisfied(task)).as("what is enabled is marked").isTrue();
    }
    boolean reached = is == TaskState.DISABLED || (is == TaskState.COMPLETED && !net.isRoute(task));
    if (reached && state.failures() == 0 && net.inputs.count(task) > 0) {
      assertThat(isSatisfied(task)).as("what is marked is enabled").isFalse();
    }
  }

  private void check() {
    List<PlaceRow> places = new ArrayList<>();
    placeRows.forEach((place, tokens) -> places.add(new PlaceRow(place, tokens)));
    assertThat(NetState.of(net, state.phase(), state.reason(), places, taskRows.values()))
        .as("rows, counters and the state are the same")
        .isEqualTo(state);
    long active =
        IntStream.range(0, net.tasks()).filter(task -> state.state(task).isActive()).count();
    assertThat(open).hasSize((int) active);
    assertThat(state.active()).isEqualTo((int) active);
    assertThat(ends).isEqualTo(state.phase().isFinal() ? 1 : 0);
    if (state.phase().isFinal()) {
      assertThat(active).as("nothing is active in a final run").isZero();
    } else if (state.phase() == NetPhase.STARTED) {
      assertThat(active).as("something can go on").isPositive();
      IntStream.range(0, net.tasks()).forEach(this::checkInputs);
    }
    if (net.isGraph()) {
      checkVerdicts();
    }
  }

  private void checkVerdicts() {
    assertThat(verdicts.values()).allMatch(count -> count == 1);
    for (int task = 0; task < net.tasks(); task++) {
      if (state.phase().isFinal() && !net.isRoute(task)) {
        assertThat(verdicts).containsKey(task);
      }
      for (int i = net.edges.from(task); i < net.edges.to(task); i++) {
        checkEdge(task, net.edges.at(i));
      }
    }
  }

  private void checkEdge(int parent, int edge) {
    int child = net.consumers.at(net.consumers.from(net.edgePlace(edge)));
    if (state.generation(child) > 0) {
      assertThat(state.state(parent).isFinal()).as("parents end first").isTrue();
      if (net.kind(edge) != EdgeKind.ORDER) {
        assertThat(state.state(parent)).isEqualTo(TaskState.COMPLETED);
      }
    }
  }

  void replay() {
    NetState replayed = NetState.initial(net);
    for (Command command : accepted) {
      StepResult result = Step.apply(net, replayed, command);
      assertThat(result).isInstanceOf(StepResult.Moved.class);
      replayed = ((StepResult.Moved) result).state();
    }
    assertThat(replayed).isEqualTo(state);
  }
}
