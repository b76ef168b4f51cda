package io.synchronik.impl.net;

import io.synchronik.process.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the engine has to do after a step, in this order. */
public sealed interface Effect {
  /** An item of the task is to be dispatched. */
  record Ready(int task, int generation) implements Effect {}

  /** {@link Command.DelayOver} is due after a time. */
  record Delay(int task, int generation, Duration duration) implements Effect {}

  /**
   * What was active is so no more.
   *
   * @param from what it was: a waiting task's timer vanishes, a ready item vanishes, a running one
   *     is interrupted
   */
  record Withdraw(int task, int generation, TaskState from) implements Effect {}

  /** The task has its verdict. Routes have none. */
  record Judged(int task, Verdict verdict, Reason reason) implements Effect {}

  /**
   * The run is final. Always the last effect.
   *
   * @param phase how it ended
   * @param reason who or what ended it; null when it ended by itself
   */
  record RunEnded(NetPhase phase, @Nullable String reason) implements Effect {}
}
