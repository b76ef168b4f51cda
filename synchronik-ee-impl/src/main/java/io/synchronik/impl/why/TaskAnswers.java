package io.synchronik.impl.why;

import io.synchronik.impl.store.pool.PoolQueue;
import io.synchronik.impl.store.pool.TaskStanding;
import io.synchronik.impl.store.run.RunStanding;
import io.synchronik.impl.tx.Tx;
import io.synchronik.monitor.Why;
import io.synchronik.pool.PoolTaskState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the engine asks of a task of a pool: its turn, a place, then its run. */
final class TaskAnswers {
  private final UnitAnswers units;
  private final RunAnswers runs;
  private final TaskStanding tasks = new TaskStanding();
  private final PoolQueue queue = new PoolQueue();
  private final RunStanding standings = new RunStanding();

  TaskAnswers(UnitAnswers units, RunAnswers runs) {
    this.units = units;
    this.runs = runs;
  }

  /** Returns false when there is none. */
  boolean add(Tx tx, Answers answers, String pool, long id) {
    TaskStanding.Standing task = tasks.find(tx.session(), pool, id).orElse(null);
    if (task == null) {
      return false;
    }
    switch (task.state()) {
      case PENDING, PAUSED -> waiting(tx, answers, pool, task);
      case RUNNING -> {
        answers.met(Reason.TASK_BEGUN, Map.of(), null);
        run(tx, task).ifPresent(run -> runs.add(tx, answers, run));
      }
      case COMPLETED, ERROR, CANCELED -> ended(answers, task);
    }
    return true;
  }

  private void waiting(Tx tx, Answers answers, String pool, TaskStanding.Standing task) {
    answers.add(Reason.TASK_NOT_PAUSED, task.state() != PoolTaskState.PAUSED, Map.of());
    Optional<Long> paused = tasks.pausedBefore(tx.session(), pool, task);
    answers.add(
        Reason.NO_PAUSED_BEFORE,
        paused.isEmpty(),
        paused.map(id -> Map.of("task", id.toString())).orElse(Map.of()),
        null,
        new Why.Link("pool", pool));
    int running = queue.running(tx.session(), pool);
    int before = tasks.before(tx.session(), pool, task);
    answers.await(
        Reason.PLACE_FREE,
        running + before < task.places(),
        Map.of("running", "" + running, "places", "" + task.places(), "before", "" + before),
        new Why.Link("pool", pool));
    units.nodes(tx, answers, task.worker());
  }

  private Optional<RunStanding.Standing> run(Tx tx, TaskStanding.Standing task) {
    String run = task.run();
    return run == null ? Optional.empty() : standings.find(tx.session(), run);
  }

  private static void ended(Answers answers, TaskStanding.Standing task) {
    String type = task.failureType();
    String message = task.failureMessage();
    answers.add(
        Reason.ENDED,
        task.state() == PoolTaskState.COMPLETED,
        Map.of(
            "state",
            task.state().name().toLowerCase(Locale.ROOT),
            "reason",
            type == null ? "" : ": " + type + (message == null ? "" : ": " + message)),
        task.endedAt(),
        null);
  }
}
