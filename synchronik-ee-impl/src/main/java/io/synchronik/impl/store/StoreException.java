package io.synchronik.impl.store;

import java.sql.SQLException;

/** The database refused a statement or could not be reached. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Tells whether the database refused a value, which no repetition mends. */
  public static boolean isAboutData(Throwable thrown) {
    return thrown.getCause() instanceof SQLException cause
        && cause.getSQLState() != null
        && cause.getSQLState().startsWith("22");
  }

  StoreException(String what, SQLException cause) {
    super(what + ": " + cause.getMessage(), cause);
  }
}
