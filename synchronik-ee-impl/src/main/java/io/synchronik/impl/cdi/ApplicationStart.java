package io.synchronik.impl.cdi;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When an application has started, so that the engine begins to work. Whoever is told of that last
 * says it; where that may not come, it is taken for granted after some time.
 */
final class ApplicationStart {
  /** How long to wait for somebody who is not sure to say it. */
  static final Duration UNSURE = Duration.ofMinutes(1);

  /** How long to wait for somebody who says it once the application's own code has returned. */
  static final Duration SURE = Duration.ofMinutes(10);

  private static final Logger LOG = System.getLogger(ApplicationStart.class.getName());

  private final @Nullable Duration atMost;
  private final CountDownLatch over = new CountDownLatch(1);

  // Guarded by this
  private boolean said;
  private @Nullable Runnable follows;

  /**
   * Begins to wait with {@link #follow}.
   *
   * @param atMost how long; null when it is said unless the application fails
   */
  ApplicationStart(@Nullable Duration atMost) {
    this.atMost = atMost;
  }

  /** The application has started. */
  void said() {
    Runnable next;
    synchronized (this) {
      said = true;
      next = follows;
      follows = null;
    }
    over.countDown();
    if (next != null) {
      next.run();
    }
  }

  /**
   * Lets something follow, on the thread that says it.
   *
   * @param application its name
   * @param context runs it inside the application's context when nobody says it
   */
  void follow(String application, Executor context, Runnable next) {
    boolean now;
    synchronized (this) {
      now = said;
      follows = now ? null : next;
    }
    Duration most = atMost;
    if (now) {
      next.run();
    } else if (most != null) {
      Runnable waiting = () -> await(most, application, context);
      Thread thread = new Thread(waiting, "synchronik-start " + application);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void await(Duration most, String application, Executor context) {
    try {
      if (over.await(most.toMillis(), TimeUnit.MILLISECONDS) || isForgotten()) {
        return;
      }
    } catch (InterruptedException e) {
      return;
    }
    LOG.log(Level.WARNING, Message.START_NOT_SAID.with(DurationText.write(most), application));
    try {
      context.execute(this::said);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "The engine of application '" + application + "' could not begin", e);
    }
  }

  private synchronized boolean isForgotten() {
    return follows == null;
  }

  /** Nothing is to follow any more. */
  void forget() {
    synchronized (this) {
      follows = null;
    }
    over.countDown();
  }
}
