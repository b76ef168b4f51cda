package io.synchronik.impl.node;

import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.tx.Transactions;
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

  /** The way to the database. */
  public interface Way {
    /** There is nothing to wait for. */
    Way FREE =
        new Way() {
          @Override
          public boolean isClosed() {
            return false;
          }

          @Override
          public void await() {}
        };

    /** Returns the one that transactions take. */
    static Way of(Transactions transactions) {
      return new Way() {
        @Override
        public boolean isClosed() {
          return transactions.isAwaitingDatabase();
        }

        @Override
        public void await() {
          transactions.awaitDatabase();
        }
      };
    }

    /** Tells whether this thread is to wait for the database. */
    boolean isClosed();

    /** Waits for the database on a thread that does so. */
    void await();
  }

  private final Way way;
  private final List<Step> steps;

  /** Names of steps that failed last time: that is reported once, not in each round. */
  private final Set<String> failing = new HashSet<>();

  public Loop(Way way, List<Step> steps) {
    this.way = way;
    this.steps = List.copyOf(steps);
  }

  /** Returns a loop of one step. */
  public static Loop of(Way way, String name, Runnable work) {
    return new Loop(way, List.of(new Step(name, work)));
  }

  /** Does all steps once, as soon as the database is there. */
  public void tick() {
    do {
      // Not in a round: who asks for one by hand need not wait
      way.await();
    } while (!isRoundDone());
  }

  /** Returns false when the database has gone meanwhile: the rest would fail as well. */
  private synchronized boolean isRoundDone() {
    for (Step step : steps) {
      try {
        step.work.run();
        if (failing.remove(step.name)) {
          LOG.log(Level.INFO, "The loop can {0} again", step.name);
        }
      } catch (RuntimeException | Error e) {
        report(step, e);
        if (way.isClosed()) {
          return false;
        }
      }
    }
    return true;
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
