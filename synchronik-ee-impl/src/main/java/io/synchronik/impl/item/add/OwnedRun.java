package io.synchronik.impl.item.add;

import io.synchronik.impl.run.attempt.Attempt;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.run.WrongStateException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The run that an attempt works on: what changes its items goes through its fence. */
record OwnedRun(Attempt attempt, Transactions transactions, RunStore runs) {
  String id() {
    return attempt.owned().id();
  }

  String unit() {
    return attempt.owned().unit();
  }

  long fence() {
    return attempt.owned().fence();
  }

  /** Locks in the order run, set, items. */
  void hold(Tx tx) {
    RunStore.Claimed claim = new RunStore.Claimed(id(), fence());
    if (!runs.holdIfOwned(tx.session(), claim, attempt.incarnation())) {
      throw new WrongStateException(Message.ITEMS_TAKEN_OVER.with(id()));
    }
  }

  /**
   * Works on the set of the run, for as long as it takes when somebody holds that: in a transaction
   * of its own it is begun again after each wait.
   */
  <T extends @Nullable Object> T persistently(Function<Tx, T> work) {
    while (true) {
      try {
        return transactions.joined(work);
      } catch (RuntimeException | Error e) {
        if (!waits(e) || transactions.current() != null) {
          throw e;
        }
      }
    }
  }

  /** Tells whether what failed because somebody holds it is to be tried again. */
  boolean waits(Throwable failure) {
    return StoreException.isLocked(failure) && attempt.stopped().isEmpty();
  }
}
