package io.synchronik.impl.run.attempt;

import io.synchronik.impl.exec.Questions;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.worker.WorkerHooks;
import java.time.Duration;

/**
 * Asks workers how long to wait before another attempt.
 *
 * @param code the boundary around what is asked
 * @param questions with their limit
 * @param worker whose work failed
 * @param run what it was about
 */
public record RetryDelays(UserCode code, Questions questions, RegisteredWorker worker, String run) {
  /** Asks the instance that failed, on its thread. */
  Duration ask(WorkerHooks hooks, int next, Duration configured) {
    Questions.Question question =
        new Questions.Question(
            worker.id().value(), run, "The retry delay function", worker.implementation());
    return code.call(
        () -> {
          Duration asked = questions.askHere(question, () -> hooks.retryDelay(next, configured));
          return asked.isNegative() ? Duration.ZERO : asked;
        },
        e -> {
          if (!(e instanceof Questions.Unanswered || e instanceof Questions.Stopped)) {
            UserCode.warn("The retry delay function failed; what is configured is taken", e);
          }
          return configured;
        });
  }
}
