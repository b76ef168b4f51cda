package io.synchronik.impl.settings;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The database's time, sampled now and then and advanced by the monotonic clock in between.
 * Milliseconds, because that is what is stored and compared.
 *
 * <p>{@link #instant} never goes back once the database was asked: where the database's clock was
 * put back, it goes on at half the pace until both agree. {@link #database} follows the database
 * wherever it goes; it lags behind by up to one round trip and is never ahead, so that what it
 * calls due is due for the database too.
 */
public final class DatabaseClock implements InstantSource {
  private static final Logger LOG = System.getLogger(DatabaseClock.class.getName());
  private static final Duration PUT_BACK_FROM = Duration.ofSeconds(1);
  private static final Duration FAR_FROM = Duration.ofSeconds(10);

  /**
   * What the database said.
   *
   * @param at the time
   * @param nanos when that was
   * @param ahead how far {@link #instant} was ahead
   * @param offset how far the clock of this machine was ahead
   */
  private record Sample(Instant at, long nanos, Duration ahead, Duration offset) {
    Instant monotonic(long now) {
      return at.plusNanos(now - nanos).plus(lead(now));
    }

    Duration lead(long now) {
      Duration left = ahead.minusNanos((now - nanos) / 2);
      return left.isNegative() ? Duration.ZERO : left;
    }
  }

  private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);
  private volatile Sample sample =
      new Sample(Instant.now(), System.nanoTime(), Duration.ZERO, Duration.ZERO);
  private volatile boolean asked;
  private boolean told;
  private boolean far;
  private boolean toldFar;

  /** Takes up what the database said a moment ago. */
  public synchronized void sample(Instant databaseTime) {
    long nanos = System.nanoTime();
    Duration ahead = Duration.between(databaseTime, sample.monotonic(nanos));
    tell(ahead);
    Duration offset = Duration.between(databaseTime, Instant.now());
    tellOffset(offset);
    sample =
        new Sample(
            databaseTime, nanos, asked && !ahead.isNegative() ? ahead : Duration.ZERO, offset);
    asked = true;
  }

  /** One sample alone may have come late. */
  private void tell(Duration ahead) {
    boolean far = asked && ahead.compareTo(PUT_BACK_FROM) >= 0;
    if (far && sample.ahead.compareTo(PUT_BACK_FROM) >= 0 && !told) {
      LOG.log(Level.WARNING, Message.CLOCK_BACK.with(ahead.truncatedTo(ChronoUnit.MILLIS)));
    }
    told = far && (told || sample.ahead.compareTo(PUT_BACK_FROM) >= 0);
  }

  private void tellOffset(Duration offset) {
    boolean isFar = offset.abs().compareTo(FAR_FROM) >= 0;
    if (isFar && far && !toldFar) {
      String by = DurationText.write(offset.abs().truncatedTo(ChronoUnit.MILLIS));
      LOG.log(
          Level.WARNING, Message.CLOCK_FAR.with(by, offset.isNegative() ? "behind" : "ahead of"));
    }
    toldFar = isFar && (toldFar || far);
    far = isFar;
  }

  /** Returns a time that never goes back: for what is told of when things happened. */
  @Override
  public Instant instant() {
    boolean counts = asked;
    long millis = sample.monotonic(System.nanoTime()).toEpochMilli();
    return Instant.ofEpochMilli(counts ? latest.accumulateAndGet(millis, Math::max) : millis);
  }

  /** Returns the database's own time: for what is due by it. */
  public Instant database() {
    return inDatabase(instant());
  }

  /**
   * Returns what a time of {@link #instant} from a moment ago is in the database. They differ only
   * where its clock was put back; a little less than before is what the way to it takes.
   */
  public Instant inDatabase(Instant told) {
    Duration lead = sample.lead(System.nanoTime());
    return lead.compareTo(PUT_BACK_FROM) < 0
        ? told
        : told.minus(lead).truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Returns how far the clock of this machine was ahead of the database's when that was asked last;
   * negative when it was behind.
   */
  public Duration offset() {
    return sample.offset.truncatedTo(ChronoUnit.MILLIS);
  }
}
