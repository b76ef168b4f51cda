package io.synchronik.impl.store;

import java.sql.SQLException;

/** The database refused a statement or could not be reached. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String what, SQLException cause) {
    super(what + ": " + cause.getMessage(), cause);
  }
}
