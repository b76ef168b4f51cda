package io.synchronik.impl.tx;

import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.impl.store.jdbc.Session;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is the same in each transaction, whoever began it.
 *
 * @param sessions opens the database
 * @param clock tells the time
 * @param ledger writes what the transaction has to say
 */
record TxWork(Supplier<Session> sessions, DatabaseClock clock, Ledger ledger) {
  Tx begin(Session session, Tx.Owner owner) {
    return new Tx(session, clock, owner);
  }

  <T extends @Nullable Object> T done(Tx tx, Function<Tx, T> work) {
    T result = work.apply(tx);
    ledger.write(tx);
    if (tx.lacksMark()) {
      ledger.mark(tx);
    }
    tx.session().flush();
    return result;
  }

  /** It is known how a transaction ended. */
  void ended(Tx tx, Tx.End end) {
    FirstFailure failure = new FirstFailure();
    failure.guard(() -> ledger.ended(tx, end));
    failure.guard(() -> tx.ended(end));
    failure.rethrow();
  }
}
