package io.synchronik.impl.net;

import java.util.List;

/** What can be asked of a run. Tasks are given by their numbers in the net. */
public sealed interface Command {
  /** A command about one enabling of one task. */
  sealed interface OfTask extends Command {
    /** Returns the number of the task. */
    int task();

    /** Returns which enabling of it. */
    int generation();
  }

  /**
   * Starts the run.
   *
   * @param disabled tasks that are skipped when their turn comes
   */
  record Start(List<Integer> disabled) implements Command {
    public Start {
      disabled = List.copyOf(disabled);
    }
  }

  /** The item of an enabled task was claimed. */
  record Started(int task, int generation) implements OfTask {}

  /** The item of a started task has ended. */
  record Ended(int task, int generation, Outcome outcome) implements OfTask {}

  /** The delay of a waiting task has passed. */
  record DelayOver(int task, int generation) implements OfTask {}

  /** Cancels an active task. It counts as not successful. */
  record CancelTask(int task, int generation) implements OfTask {}

  /**
   * Cancels the run.
   *
   * @param reason who or why
   */
  record CancelRun(String reason) implements Command {}
}
