package io.synchronik.impl.run;

import io.synchronik.run.RunOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An outcome that somebody waits for. Whoever waits on a thread of his own is woken by whoever
 * completes it; what follows it is the application's code, and is told apart.
 */
final class AwaitedOutcome extends CompletableFuture<RunOutcome> {
  private @Nullable CompletableFuture<RunOutcome> followed;
  private @Nullable CompletionStage<RunOutcome> stage;

  /** Returns the stage that the application may attach its code to. */
  synchronized CompletionStage<RunOutcome> stage() {
    CompletionStage<RunOutcome> present = stage;
    if (present == null) {
      CompletableFuture<RunOutcome> made = new CompletableFuture<>();
      if (isDone()) {
        pass(made);
      }
      followed = made;
      present = made.minimalCompletionStage();
      stage = present;
    }
    return present;
  }

  /** Tells what follows; nothing when nothing can. */
  void tell(Consumer<Runnable> teller) {
    CompletableFuture<RunOutcome> following = followed();
    if (following != null) {
      teller.accept(() -> pass(following));
    }
  }

  private synchronized @Nullable CompletableFuture<RunOutcome> followed() {
    return followed;
  }

  private void pass(CompletableFuture<RunOutcome> following) {
    RunOutcome outcome = null;
    Throwable failure = null;
    try {
      outcome = getNow(null);
    } catch (CompletionException e) {
      failure = e.getCause();
    }
    if (failure != null) {
      following.completeExceptionally(failure);
    } else {
      following.complete(outcome);
    }
  }
}
