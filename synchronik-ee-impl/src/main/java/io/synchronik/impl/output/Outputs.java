package io.synchronik.impl.output;

import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.OutputLevel;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.run.OutputStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Transactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of the attempts that this node makes. They are written in transactions of their own,
 * by the loop while attempts go on and by each attempt at its end, so that they outlive a rollback.
 */
public final class Outputs {
  private static final Logger LOG = System.getLogger(Outputs.class.getName());

  /** So many that have ended wait for a database that is away. */
  private static final int MOST_LATE = 100;

  private final Transactions transactions;
  private final DatabaseClock clock;
  private final OutputStore store = new OutputStore();

  /** Those that are not written to their end. */
  private final Set<AttemptOutput> open = ConcurrentHashMap.newKeySet();

  /** There when the first attempt of a worker begins whose logging is kept. */
  private @Nullable LogTap tap;

  private boolean closed;
  private boolean untapped;

  public Outputs(Transactions transactions, DatabaseClock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Begins the output of an attempt; null when nothing of it is kept. */
  public @Nullable AttemptOutput begin(RunStore.Claimed claim, OutputLevel level) {
    if (level == OutputLevel.OFF) {
      return null;
    }
    if (level.logged()) {
      openTap();
    }
    AttemptOutput output = new AttemptOutput(claim, level, clock);
    open.add(output);
    return output;
  }

  private synchronized void openTap() {
    if (closed || untapped) {
      return;
    }
    try {
      LogTap known = tap;
      if (known == null) {
        known = new LogTap();
        tap = known;
      }
      known.open();
    } catch (Throwable e) {
      untapped = true;
      LOG.log(Level.WARNING, Message.UNTAPPED_LOG.with(e.getClass().getName()));
    }
  }

  /** Calls the work of an attempt on this thread, whose logging is kept. */
  public static <T extends @Nullable Object> T during(
      @Nullable AttemptOutput output, Callable<T> work) throws Exception {
    if (output == null) {
      return work.call();
    }
    LogTap.enter(output);
    try {
      return work.call();
    } finally {
      LogTap.leave();
    }
  }

  /** Ends an output and writes what is left of it; outside of any transaction. */
  public void end(@Nullable AttemptOutput output) {
    if (output == null) {
      return;
    }
    output.end();
    try {
      output.writing().lock();
      try {
        write(output);
      } finally {
        output.writing().unlock();
      }
    } catch (Throwable e) {
      // The loop tries again
      late(output, e);
    }
  }

  private void late(AttemptOutput output, Throwable why) {
    if (open.stream().filter(AttemptOutput::hasEnded).count() > MOST_LATE) {
      lose(output, why);
    }
  }

  private void lose(AttemptOutput output, Throwable why) {
    open.remove(output);
    LOG.log(
        Level.WARNING, Message.LOST_OUTPUT.with(output.claim().run(), why.getClass().getName()));
  }

  /** Writes what attempts have said so far. */
  public void write() {
    for (AttemptOutput output : open) {
      // Who holds it writes it
      if (output.writing().tryLock()) {
        try {
          write(output);
        } catch (RuntimeException | Error e) {
          if (StoreException.isUnreachable(e)) {
            throw e;
          }
        } finally {
          output.writing().unlock();
        }
      }
    }
  }

  private void write(AttemptOutput output) {
    List<OutputStore.Piece> pieces = output.pieces();
    try {
      if (!pieces.isEmpty()) {
        transactions.briefly(
            tx -> {
              store.insertIfMissing(tx.session(), output.claim(), pieces);
              return null;
            });
        output.written();
      }
    } catch (RuntimeException | Error e) {
      if (StoreException.isAboutData(e)) {
        lose(output, e);
        return;
      }
      throw e;
    }
    if (output.isOver()) {
      open.remove(output);
    }
  }

  /** Writes what is left, and hears nothing more. */
  public void close() {
    try {
      write();
    } finally {
      open.clear();
      closeTap();
    }
  }

  private synchronized void closeTap() {
    closed = true;
    LogTap known = tap;
    tap = null;
    if (known != null) {
      known.close();
    }
  }
}
