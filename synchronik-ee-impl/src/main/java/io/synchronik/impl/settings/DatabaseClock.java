package io.synchronik.impl.settings;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The database's time, sampled now and then and advanced by the monotonic clock in between. It lags
 * behind the database by up to one round trip and is never ahead, so that what it calls due is due
 * for the database too. Milliseconds, because that is what is stored and compared.
 */
public final class DatabaseClock implements InstantSource {
  private record Sample(Instant at, long nanos) {}

  private volatile Sample sample = new Sample(Instant.now(), System.nanoTime());

  /** Takes up what the database said a moment ago. */
  public void sample(Instant databaseTime) {
    sample = new Sample(databaseTime, System.nanoTime());
  }

  @Override
  public Instant instant() {
    Sample latest = sample;
    return latest.at.plusNanos(System.nanoTime() - latest.nanos).truncatedTo(ChronoUnit.MILLIS);
  }
}
