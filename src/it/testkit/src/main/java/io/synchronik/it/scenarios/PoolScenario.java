package io.synchronik.it.scenarios;

import io.synchronik.SynchronikManager;
import io.synchronik.event.Milestone;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.pool.WorkerPool;
import java.util.List;

/** What scenarios of pools share. */
abstract class PoolScenario extends Scenario {
  PoolScenario(SynchronikManager manager) {
    super(manager);
  }

  static PoolTaskView task(WorkerPool pool, long id) {
    return pool.findTask(id).orElseThrow();
  }

  static void awaitState(WorkerPool pool, long id, PoolTaskState state) {
    Await.until(Probe.PATIENCE, () -> task(pool, id).state() == state);
  }

  /** Waits until all tasks have ended. */
  static void awaitEnd(WorkerPool pool) {
    Await.until(
        Probe.PATIENCE,
        () ->
            pool.view().tasks().running()
                    + pool.view().tasks().pending()
                    + pool.view().tasks().paused()
                == 0);
  }

  static List<String> names(WorkerPool pool, PoolTaskState... states) {
    return pool.findTasks(PoolTaskQuery.LATEST.in(states)).items().stream()
        .map(PoolTaskView::name)
        .toList();
  }

  /** Returns what was announced of a pool, as "what name". */
  final List<String> news(WorkerPool pool) {
    String prefix = "pool:" + pool.name() + ":";
    return events
        .seen(event -> event instanceof Milestone it && it.milestoneId().startsWith(prefix))
        .stream()
        .map(Milestone.class::cast)
        .map(
            milestone -> {
              About about = milestone.payload(About.class);
              String what = milestone.milestoneId().substring(prefix.length());
              return about == null || about.name() == null ? what : what + " " + about.name();
            })
        .toList();
  }

  /**
   * What milestones of pools tell.
   *
   * @param task id of the task
   * @param name its name
   */
  public record About(long task, @org.jspecify.annotations.Nullable String name) {}
}
