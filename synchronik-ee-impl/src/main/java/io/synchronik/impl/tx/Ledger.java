package io.synchronik.impl.tx;

/** Where the events of transactions are written down. */
public interface Ledger {
  /** Writes the events of a transaction that is about to end, and marks it by them. */
  void write(Tx tx);

  /** Told how a transaction ended. */
  void ended(Tx tx, Tx.End end);
}
