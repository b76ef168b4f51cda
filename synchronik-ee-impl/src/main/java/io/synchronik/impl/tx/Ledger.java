package io.synchronik.impl.tx;

/** Where the events of transactions are written down. */
public interface Ledger {
  /** Writes the events of a transaction that is about to end, and marks it by them. */
  void write(Tx tx);

  /** Marks a transaction that has written nothing by which it can be recognised. */
  void mark(Tx tx);

  /** Told how a transaction ended. */
  void ended(Tx tx, Tx.End end);
}
