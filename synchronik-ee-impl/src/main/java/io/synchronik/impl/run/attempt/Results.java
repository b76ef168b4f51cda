package io.synchronik.impl.run.attempt;

import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Json;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what work returned what is recorded.
 *
 * @param json writes it
 * @param choice finds the conditions on it
 */
public record Results(Json json, Choice choice) {
  /** Finds the conditions on what a part of a run returns. */
  @FunctionalInterface
  public interface Choice {
    /**
     * Returns the conditions; called outside any transaction.
     *
     * @throws io.synchronik.run.WrongStateException if the code does not have one of them
     */
    Conditions on(RunStore.Owned run);
  }

  /** Conditions on what a part of a run returns. */
  public interface Conditions {
    /** There are none. */
    Conditions NONE =
        new Conditions() {
          @Override
          public CompletableFuture<@Nullable String> ask(@Nullable Object result) {
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public @Nullable String askHere(@Nullable Object result) {
            return null;
          }
        };

    /**
     * Asks them on other threads; completed with what the result lets run, with null when there is
     * no condition, exceptionally with {@link io.synchronik.impl.exec.Questions.Stopped}.
     */
    CompletableFuture<@Nullable String> ask(@Nullable Object result);

    /**
     * Asks them on this thread, inside its transaction.
     *
     * @throws io.synchronik.impl.exec.Questions.Stopped when the engine stops
     */
    @Nullable String askHere(@Nullable Object result);
  }

  /**
   * Returns what is recorded of a result.
   *
   * @throws io.synchronik.run.InvalidPayloadException if it cannot be written or is too large
   */
  public @Nullable String written(RunStore.Owned run, @Nullable Object result) {
    return json.write("The result of run " + run.id(), result);
  }
}
