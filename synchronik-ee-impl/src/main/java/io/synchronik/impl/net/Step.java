package io.synchronik.impl.net;

import io.synchronik.impl.net.plan.Net;

/** Moves a net. */
public final class Step {
  private Step() {}

  /**
   * Applies a command and everything that follows from it. A pure function: the state that was
   * given stays as it is.
   *
   * @param net the net
   * @param state the state of a run of it
   * @param command what is asked
   * @return the new state and what is to be done, or why nothing changes
   */
  public static StepResult apply(Net net, NetState state, Command command) {
    Refusal refusal = Guards.check(net, state, command);
    if (refusal != null) {
      return new StepResult.Refused(refusal);
    }
    Moves moves = new Moves(net, state);
    if (command instanceof Command.Started started) {
      moves.started(started.task());
    } else if (command instanceof Command.Ended ended) {
      moves.ended(ended.task(), ended.outcome());
    } else if (command instanceof Command.DelayOver over) {
      moves.delayOver(over.task());
    } else if (command instanceof Command.Start start) {
      moves.start(start.disabled());
    } else if (command instanceof Command.CancelTask cancel) {
      moves.cancel(cancel.task());
    } else if (command instanceof Command.CancelRun cancel) {
      moves.cancelRun(cancel.reason());
    }
    return moves.result();
  }
}
