package io.synchronik.impl.journal;

import io.synchronik.impl.audit.Asking;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Does something whatever becomes of the caller's transaction. That has a connection already, and a
 * pool may have no other one until it ends: another thread waits for it, the caller for a while.
 */
public final class ApartTransactions {
  private static final Logger LOG = System.getLogger(ApartTransactions.class.getName());

  /** So many may wait for a connection; further ones are waited for by their callers. */
  private static final int MOST = 1000;

  private final Transactions transactions;
  private final Platform platform;
  private final Strands strands;
  private final Duration patience;
  private final Semaphore room = new Semaphore(MOST);

  /**
   * Creates them.
   *
   * @param strands on whose threads it is done
   * @param patience so long callers wait
   */
  public ApartTransactions(
      Transactions transactions, Platform platform, Strands strands, Duration patience) {
    this.transactions = transactions;
    this.platform = platform;
    this.strands = strands;
    this.patience = patience;
  }

  /**
   * Does something; returns false when it was not done within the caller's patience, and is still
   * to come.
   *
   * @param what it is, for a warning
   */
  public boolean work(String what, Consumer<Tx> work) {
    if (transactions.current() == null || !strands.isOpen() || !room.tryAcquire()) {
      own(work);
      return true;
    }
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Place place = new Place(room);
    try {
      strands.execute(
          what, Asking.carried(platform.principal(), () -> work(what, work, done, place)));
    } catch (RuntimeException | Error e) {
      place.leave();
      throw e;
    }
    try {
      return done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return !done.complete(false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !done.complete(false);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  /** One of the places; left by whoever comes to it first. */
  private static final class Place {
    private final Semaphore room;
    private final AtomicBoolean left = new AtomicBoolean();

    Place(Semaphore room) {
      this.room = room;
    }

    void leave() {
      if (left.compareAndSet(false, true)) {
        room.release();
      }
    }
  }

  private void work(String what, Consumer<Tx> work, CompletableFuture<Boolean> done, Place place) {
    try {
      own(work);
      done.complete(true);
    } catch (RuntimeException | Error e) {
      if (!done.completeExceptionally(e)) {
        LOG.log(Level.WARNING, Message.APART_FAILED.with(what), e);
      }
    } finally {
      place.leave();
    }
  }

  private void own(Consumer<Tx> work) {
    transactions.own(
        tx -> {
          work.accept(tx);
          return null;
        });
  }
}
