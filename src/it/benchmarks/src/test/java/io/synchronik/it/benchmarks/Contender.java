package io.synchronik.it.benchmarks;

import java.sql.SQLException;

/**
 * Something that fires triggers and runs a worker for each firing, with its state in a database.
 */
interface Contender extends AutoCloseable {
  /** Fires nothing more and lets end what runs. */
  void stop();

  /** Returns how many workers the database says have run; called after {@link #stop}. */
  long recorded() throws SQLException;

  @Override
  void close();
}
