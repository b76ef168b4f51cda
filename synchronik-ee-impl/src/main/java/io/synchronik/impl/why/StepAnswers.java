package io.synchronik.impl.why;

import io.synchronik.impl.net.PlaceRow;
import io.synchronik.impl.net.TaskRow;
import io.synchronik.impl.net.TaskState;
import io.synchronik.impl.net.plan.Net;
import io.synchronik.impl.store.flow.NetStore;
import io.synchronik.impl.store.flow.PartStore;
import io.synchronik.impl.store.run.RunStanding;
import io.synchronik.impl.tx.Tx;
import io.synchronik.monitor.Why;
import io.synchronik.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the engine asks of a step: its input places, its delay, its run. */
final class StepAnswers {
  /** Timers lie before that. */
  private static final Duration FAR = Duration.ofDays(3650);

  private final RunAnswers runs;
  private final RunStanding standings = new RunStanding();
  private final NetStore nets = new NetStore();
  private final PartStore parts = new PartStore();

  StepAnswers(RunAnswers runs) {
    this.runs = runs;
  }

  /** A run of a process as its rows have it. */
  private record Marking(
      String run,
      Net net,
      Map<String, TaskRow> tasks,
      Map<String, Integer> tokens,
      Map<String, PartStore.Came> parts) {
    TaskState state(int task) {
      TaskRow row = tasks.get(net.id(task));
      return row == null ? TaskState.DISABLED : row.state();
    }

    /** Its run may be further than the process knows yet. */
    String shown(int task) {
      PartStore.Came part = parts.get(net.id(task));
      boolean begun = part != null && part.state() == RunState.RUNNING;
      return switch (state(task)) {
        case DISABLED -> "not begun";
        case WAITING -> "delayed";
        case ENABLED, STARTED -> begun ? "running" : "ready";
        case COMPLETED, FAILED, CANCELED, SKIPPED -> state(task).name().toLowerCase(Locale.ROOT);
      };
    }

    boolean isMarked(int place) {
      return tokens.getOrDefault(net.place(place), 0) > 0;
    }

    boolean isDead(int place) {
      return tokens.getOrDefault(Net.DEAD + net.place(place), 0) > 0;
    }
  }

  void add(Tx tx, Answers answers, String run, Net net, int task) {
    Marking marking = marking(tx, run, net);
    TaskState state = marking.state(task);
    switch (state) {
      case DISABLED -> before(answers, marking, task);
      case WAITING -> delay(tx, answers, marking, task);
      case ENABLED, STARTED -> {
        answers.met(Reason.STEP_RUNS, Map.of(), null);
        part(tx, marking, task).ifPresent(part -> runs.add(tx, answers, part));
      }
      case COMPLETED -> answers.met(Reason.STEP_RUNS, Map.of(), null);
      case FAILED, CANCELED, SKIPPED -> over(tx, answers, marking, task);
    }
  }

  private Marking marking(Tx tx, String run, Net net) {
    Map<String, TaskRow> tasks = new HashMap<>();
    for (NetStore.TaskOf task : nets.tasks(tx.session(), List.of(run))) {
      tasks.merge(
          task.row().task(),
          task.row(),
          (one, other) -> one.generation() > other.generation() ? one : other);
    }
    Map<String, Integer> tokens = new HashMap<>();
    for (NetStore.PlaceOf place : nets.places(tx.session(), List.of(run))) {
      PlaceRow row = place.row();
      tokens.put(row.place(), row.tokens());
    }
    Map<String, PartStore.Came> latest = new HashMap<>();
    for (PartStore.Came part : parts.cameTo(tx.session(), List.of(run))) {
      latest.merge(
          part.part().task(),
          part,
          (one, other) -> one.part().generation() > other.part().generation() ? one : other);
    }
    return new Marking(run, net, tasks, tokens, latest);
  }

  private static void before(Answers answers, Marking marking, int task) {
    Net net = marking.net;
    for (int i = net.inputs.from(task); i < net.inputs.to(task); i++) {
      int place = net.inputs.at(i);
      int producer = net.producer(place);
      if (producer == Net.NONE) {
        continue;
      }
      Map<String, String> values =
          Map.of("step", net.id(producer), "state", marking.shown(producer));
      if (marking.isMarked(place)) {
        answers.add(Reason.STEP_BEFORE, true, values);
      } else if (marking.isDead(place)) {
        answers.add(Reason.CONDITION, false, values, null, step(marking, producer));
      } else if (net.isRoute(producer) && marking.state(producer) == TaskState.DISABLED) {
        before(answers, marking, producer);
      } else {
        answers.await(Reason.STEP_BEFORE, false, values, step(marking, producer));
      }
    }
  }

  private static Why.Link step(Marking marking, int task) {
    return new Why.Link("step", marking.run + "/" + marking.net.id(task));
  }

  private void delay(Tx tx, Answers answers, Marking marking, int task) {
    String id = marking.net.id(task);
    String due =
        nets.dueTimers(tx.session(), List.of(marking.run), tx.now().plus(FAR)).stream()
            .filter(timer -> timer.task().equals(id))
            .map(NetStore.Timer::due)
            .max(Comparator.naturalOrder())
            .map(Instant::toString)
            .orElse("an unknown time");
    answers.await(Reason.DELAY_OVER, false, Map.of("due", due), null);
  }

  private void over(Tx tx, Answers answers, Marking marking, int task) {
    TaskRow row = marking.tasks.get(marking.net.id(task));
    String reason = row == null || row.reason() == null ? "" : ": " + row.reason();
    answers.add(Reason.STEP_RUNS, false, Map.of("state", marking.shown(task), "reason", reason));
    part(tx, marking, task).ifPresent(part -> runs.add(tx, answers, part));
  }

  private Optional<RunStanding.Standing> part(Tx tx, Marking marking, int task) {
    PartStore.Came part = marking.parts.get(marking.net.id(task));
    return part == null ? Optional.empty() : standings.find(tx.session(), part.id());
  }
}
