package io.synchronik.impl.lifecycle;

import io.synchronik.run.Failure;
import java.time.Duration;

/** How an attempt ended. */
public sealed interface AttemptEnd {
  /**
   * The work returned.
   *
   * @param produced what came of it
   */
  record Succeeded(Produced produced) implements AttemptEnd {}

  /**
   * The work threw, or its time was over.
   *
   * @param failure why
   * @param retryDelay before the next attempt if there is one
   */
  record Failed(Failure failure, Duration retryDelay) implements AttemptEnd {}

  /**
   * The work said that it cannot be done: there is no other attempt.
   *
   * @param failure why
   */
  record GivenUp(Failure failure) implements AttemptEnd {}

  /** The items of the run are added; they decide when it ends. */
  record Enumerated() implements AttemptEnd {}

  /** The node stops: the attempt does not count. */
  record Interrupted() implements AttemptEnd {}

  /**
   * Somebody cancelled the run.
   *
   * @param by who or why
   */
  record Cancelled(String by) implements AttemptEnd {}

  /**
   * The node was lost: the attempt does not count, the loss does.
   *
   * @param goesOn whether another node may make the attempt again
   */
  record Lost(boolean goesOn) implements AttemptEnd {}
}
