package io.synchronik.impl.boot;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.run.SynchronikException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What a start waits for, as it passes by itself: a database that is away, a row that another
 * transaction holds. Bounded, and said once.
 */
public final class StartWait {
  private static final Logger LOG = System.getLogger(StartWait.class.getName());
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long MOST_PAUSE_MILLIS = 1000;

  private final String application;
  private final Duration atMost;
  private final long deadline;
  private boolean said;

  /** Begins to wait now. */
  public StartWait(Settings settings) {
    this.application = settings.identity().application();
    this.atMost = settings.store().startWait();
    this.deadline = System.nanoTime() + atMost.toNanos();
  }

  /**
   * Does a step of the start, again and again while something that passes is in its way.
   *
   * @param step leaves nothing behind when it fails
   * @throws SynchronikException with the cause, when it has not passed in time
   */
  public <T> T until(Supplier<T> step) {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        return step.get();
      } catch (RuntimeException | Error e) {
        if (!passes(e)) {
          throw e;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || !pause(Math.min(pause, left), e)) {
          throw new SynchronikException(
              Message.START_WAITED_IN_VAIN.with(
                  application, DurationText.write(atMost), StoreException.reason(e)),
              e);
        }
      }
      pause = Math.min(2 * pause, MOST_PAUSE_MILLIS);
    }
  }

  private static boolean passes(Throwable thrown) {
    return StoreException.isOutage(thrown) || StoreException.isLocked(thrown);
  }

  private boolean pause(long millis, Throwable why) {
    Level level = said ? Level.DEBUG : Level.WARNING;
    said = true;
    String text =
        Message.START_WAITS.with(
            application, DurationText.write(atMost), StoreException.reason(why));
    LOG.log(level, text);
    LOG.log(Level.DEBUG, "The start waits", why);
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
