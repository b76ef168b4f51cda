package io.synchronik.impl.run.attempt;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Waits on the work's own thread for what it has promised. */
public final class Awaited {
  private Awaited() {}

  /**
   * Returns what was promised, and anything else as it is. Application code: only to be called
   * behind the boundary around it.
   *
   * @throws Exception why nothing came, or that the thread was interrupted; the promise is then
   *     cancelled
   */
  public static @Nullable Object result(@Nullable Object returned) throws Exception {
    if (returned instanceof CompletionStage<?> stage) {
      return come(stage.toCompletableFuture());
    }
    return returned instanceof Future<?> future ? come(future) : returned;
  }

  private static @Nullable Object come(Future<?> future) throws Exception {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw Awaited.<RuntimeException>unchecked(why(e));
    }
  }

  private static Throwable why(Throwable thrown) {
    Throwable cause = thrown.getCause();
    boolean wraps = thrown instanceof ExecutionException || thrown instanceof CompletionException;
    return wraps && cause != null ? why(cause) : thrown;
  }

  /** It may be no exception at all. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
