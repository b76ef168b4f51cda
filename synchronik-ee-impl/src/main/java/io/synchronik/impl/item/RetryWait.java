package io.synchronik.impl.item;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.item.ItemRetryStore.Standing;
import io.synchronik.run.SynchronikException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a caller waits for the end of a command: as long as it goes on, whoever carries it out, but
 * not for ever for what somebody holds.
 */
final class RetryWait {
  private static final long MOST_MILLIS = 200;

  private final String run;
  private final Duration atMost;
  private long done;
  private long since = System.nanoTime();
  private long pauseMillis = 1;

  /**
   * Begins to wait.
   *
   * @param run whose items
   * @param atMost how long without any progress
   */
  RetryWait(String run, Duration atMost) {
    this.run = run;
    this.atMost = atMost;
  }

  /**
   * Waits a moment when there is nothing to do.
   *
   * @param standing how far it has come
   * @param more whether the caller himself may go on at once
   */
  void looked(Standing standing, boolean more) {
    if (standing.done() > done || more) {
      done = standing.done();
      since = System.nanoTime();
      pauseMillis = 1;
    }
    if (!standing.ended() && !more) {
      pause(standing, null);
    }
  }

  /** Waits for what a bite has failed of, which passes. */
  void pause(Standing standing, @Nullable Throwable thrown) {
    if (System.nanoTime() - since >= atMost.toNanos()) {
      throw goesOn(standing, thrown);
    }
    try {
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw goesOn(standing, e);
    }
    pauseMillis = Math.min(MOST_MILLIS, 2 * pauseMillis);
  }

  private SynchronikException goesOn(Standing standing, @Nullable Throwable thrown) {
    Duration waited = Duration.ofMillis((System.nanoTime() - since) / 1_000_000);
    return new SynchronikException(
        Message.RETRY_GOES_ON.with(run, standing.done(), DurationText.write(waited)), thrown);
  }
}
