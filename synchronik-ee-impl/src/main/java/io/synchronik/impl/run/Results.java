package io.synchronik.impl.run;

import io.synchronik.impl.lifecycle.Produced;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Json;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what work returned what is recorded.
 *
 * @param json writes it
 * @param choices asks the conditions on it
 */
public record Results(Json json, Choice choices) {
  /** Asks conditions on what a part of a run has returned. */
  @FunctionalInterface
  public interface Choice {
    /** Returns what a result lets run; null when there is no condition on it. */
    @Nullable String of(RunStore.Owned run, @Nullable Object result);
  }

  /**
   * Returns what is recorded.
   *
   * @throws io.synchronik.run.InvalidPayloadException if it cannot be written or is too large
   */
  public Produced of(RunStore.Owned run, @Nullable Object result) {
    return new Produced(
        json.write("The result of run " + run.id(), result), choices.of(run, result));
  }
}
