package io.synchronik.it.benchmarks;

import java.sql.SQLException;
import java.util.BitSet;

/**
 * Something that keeps items in a database and works them off. It has made its tables when it is
 * there, and works only from {@link #start} on.
 */
interface ItemContender {
  /** Returns how it is configured, for the table. */
  String settings();

  /** Adds the items 0 to {@code items - 1}, durably, by the fastest way that it documents. */
  void enqueue(int items) throws Exception;

  /** Begins to work; each item is given to {@link ItemWork#run}. */
  void start() throws Exception;

  /** Begins no more items, lets end and be recorded what runs, and ends all that it has started. */
  void stop();

  /** Returns the items that the database says have ended; called after {@link #stop}. */
  BitSet recorded(int items) throws SQLException;
}
