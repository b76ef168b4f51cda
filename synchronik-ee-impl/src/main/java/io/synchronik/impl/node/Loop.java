package io.synchronik.impl.node;

import io.synchronik.impl.store.jdbc.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What each node does again and again: starts what is due that nobody started, brings the timers in
 * line with the tables, passes on what other nodes have changed, numbers and hands on events. Each
 * step stands for itself: one that fails is logged and the others go on.
 */
public final class Loop {
  /**
   * One thing that the loop does.
   *
   * @param name for the log
   * @param work what is done
   */
  public record Step(String name, Runnable work) {}

  private static final Logger LOG = System.getLogger(Loop.class.getName());

  private final List<Step> steps;

  /** Names of steps that failed last time: that is reported once, not in each round. */
  private final Set<String> failing = new HashSet<>();

  public Loop(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** Returns a loop of one step. */
  public static Loop of(String name, Runnable work) {
    return new Loop(List.of(new Step(name, work)));
  }

  /** Does all steps once. */
  public synchronized void tick() {
    for (Step step : steps) {
      try {
        step.work.run();
        if (failing.remove(step.name)) {
          LOG.log(Level.INFO, "The loop can {0} again", step.name);
        }
      } catch (RuntimeException | Error e) {
        report(step, e);
      }
    }
  }

  private void report(Step step, Throwable failure) {
    try {
      // That the database is away is told for all together, and that somebody holds rows too
      boolean told =
          StoreException.isUnreachable(failure)
              || StoreException.isLocked(failure)
              || !failing.add(step.name);
      Level level = told ? Level.DEBUG : Level.WARNING;
      LOG.log(level, "The loop could not " + step.name + ": " + failure.getMessage(), failure);
    } catch (Throwable e) {
      // No memory, or a log that fails: nothing can be said
    }
  }
}
