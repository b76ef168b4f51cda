package io.synchronik.impl.net;

import io.synchronik.impl.net.plan.Net;
import java.util.List;

/** How a task ended. */
public sealed interface Outcome {
  /** It succeeded, and no edge needs a verdict. */
  Outcome SUCCEEDED = new Succeeded(List.of());

  /** It failed for good. */
  Outcome FAILED = new Failed();

  /** It was cancelled by itself. */
  Outcome CANCELED = new Canceled();

  /**
   * It succeeded.
   *
   * @param verdicts whether the task at the other end may run, for each of {@link Net#choices};
   *     exactly one for an XOR split
   */
  record Succeeded(List<Boolean> verdicts) implements Outcome {
    public Succeeded {
      verdicts = List.copyOf(verdicts);
    }
  }

  /** It failed for good. */
  record Failed() implements Outcome {}

  /** It was cancelled by itself. */
  record Canceled() implements Outcome {}
}
