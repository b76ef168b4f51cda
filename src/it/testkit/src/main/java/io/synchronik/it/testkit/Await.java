package io.synchronik.it.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for what can only be looked at, such as rows in a database. What tells of itself is waited
 * for with a {@link Probe}.
 */
public final class Await {
  private static final long EVERY_MILLIS = 20;

  private Await() {}

  /**
   * Waits until a condition holds. It is looked at every 20 ms on a thread of its own, outside any
   * transaction.
   *
   * @param timeout how long
   * @param condition what to wait for; what it throws ends the wait and is thrown here
   * @throws AssertionError if it does not hold in time
   */
  public static void until(Duration timeout, BooleanSupplier condition) {
    until(timeout, () -> "", condition);
  }

  /**
   * Waits as {@link #until(Duration, BooleanSupplier)} does.
   *
   * @param missing says what did not come, and what came instead; asked only then
   */
  public static void until(Duration timeout, Supplier<String> missing, BooleanSupplier condition) {
    CompletableFuture<Void> met = new CompletableFuture<>();
    ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor();
    try {
      var unused =
          checks.scheduleWithFixedDelay(
              () -> look(condition, met), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
      met.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("Not within %s. %s".formatted(timeout, missing.get()).strip(), e);
    } catch (ExecutionException e) {
      throw new AssertionError("The condition failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting", e);
    } finally {
      checks.shutdownNow();
    }
  }

  /**
   * Looks once, and never again when the condition has held: on a busy machine whoever waits may
   * hear of it only when the next look is due, and a condition may take away what it finds.
   */
  static void look(BooleanSupplier condition, CompletableFuture<Void> met) {
    if (met.isDone()) {
      return;
    }
    try {
      if (condition.getAsBoolean()) {
        met.complete(null);
      }
    } catch (Throwable e) {
      met.completeExceptionally(e);
    }
  }
}
