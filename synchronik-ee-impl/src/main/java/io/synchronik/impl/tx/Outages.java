package io.synchronik.impl.tx;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.jdbc.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells once that the database is away, and once that it is back. Whoever needs it in between fails
 * and is tried again, and need not tell.
 */
final class Outages {
  private static final Logger LOG = System.getLogger(Outages.class.getName());

  /** After an outage a pool may still hand out dead connections among good ones. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final Settings.Identity identity;
  private final String datasource;
  private final LongSupplier nanos;
  private volatile boolean away;
  private long since;
  private long lastFailure;
  private boolean committed;
  private long firstCommit;
  private long failures;

  Outages(Settings.Identity identity, String datasource, LongSupplier nanos) {
    this.identity = identity;
    this.datasource = datasource;
    this.nanos = nanos;
  }

  /** Notes why a transaction of the engine failed. */
  void failed(Throwable why) {
    if (StoreException.isUnreachable(why)) {
      LOG.log(Level.DEBUG, "A transaction did not reach the database", why);
      begin(why);
    }
  }

  private synchronized void begin(Throwable why) {
    lastFailure = nanos.getAsLong();
    committed = false;
    failures++;
    if (!away) {
      away = true;
      since = lastFailure;
      failures = 1;
      LOG.log(
          Level.WARNING,
          Message.DATABASE_AWAY.with(
              identity.node(), identity.application(), datasource, StoreException.reason(why)));
    }
  }

  boolean isAway() {
    return away;
  }

  /** Notes that a transaction of the engine committed. */
  void committed() {
    if (away) {
      end();
    }
  }

  private synchronized void end() {
    long now = nanos.getAsLong();
    if (!committed) {
      committed = true;
      firstCommit = now;
    }
    if (away && now - lastFailure >= QUIET.toNanos()) {
      away = false;
      LOG.log(
          Level.WARNING,
          Message.DATABASE_BACK.with(
              identity.node(),
              identity.application(),
              DurationText.write(Duration.ofNanos(firstCommit - since)),
              failures));
    }
  }
}
