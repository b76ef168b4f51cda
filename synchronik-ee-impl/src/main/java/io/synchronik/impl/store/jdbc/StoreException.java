package io.synchronik.impl.store.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Arrays;
import java.util.List;
import javax.transaction.xa.XAException;

/** The database refused a statement or could not be reached. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CAUSES = 20;
  private static final List<String> OUTAGES =
      List.of("08", "40", "53", "57", "90067", "90098", "90121");

  /** PostgreSQL's and H2's states of a lock that was not to be had in time. */
  private static final List<String> LOCKED = List.of("55P03", "HYT00");

  /** Tells whether the database refused a value, which no repetition mends. */
  public static boolean isAboutData(Throwable thrown) {
    return thrown.getCause() instanceof SQLException cause
        && cause.getSQLState() != null
        && cause.getSQLState().startsWith("22");
  }

  /** Tells whether another row has the same key. */
  public static boolean isDuplicate(Throwable thrown) {
    return thrown.getCause() instanceof SQLException cause && "23505".equals(cause.getSQLState());
  }

  /** Tells whether another transaction held what was asked for, for longer than was waited. */
  public static boolean isLocked(Throwable thrown) {
    Throwable current = thrown;
    for (int depth = 0; current != null && depth < MOST_CAUSES; depth++) {
      if (current instanceof SQLException sql
          && sql.getSQLState() != null
          && LOCKED.contains(sql.getSQLState())) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }

  /** Returns the database's own words, or the datasource's, in one line. */
  public static String reason(Throwable thrown) {
    Throwable found = thrown;
    Throwable current = thrown;
    for (int depth = 0; current != null && depth < MOST_CAUSES; depth++) {
      if (current instanceof SQLException) {
        found = current;
        break;
      }
      current = current.getCause();
    }
    return String.valueOf(found.getMessage()).lines().findFirst().orElseGet(found::toString);
  }

  /**
   * Tells whether the database or the way to it failed, so that the same may succeed later: SQL
   * states 08 (connection), 40 (serialization, deadlock), 53 and 57 (resources, shutdown), H2's
   * states of closed connections and databases, or a resource manager that does not answer.
   */
  public static boolean isOutage(Throwable thrown) {
    Throwable current = thrown;
    for (int depth = 0; current != null && depth < MOST_CAUSES; depth++) {
      if (isOutageItself(current)
          || Arrays.stream(current.getSuppressed()).anyMatch(StoreException::isOutage)) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }

  private static boolean isOutageItself(Throwable thrown) {
    if (thrown instanceof XAException xa) {
      return xa.errorCode == XAException.XAER_RMFAIL || xa.errorCode == XAException.XA_RBCOMMFAIL;
    }
    return thrown instanceof SQLRecoverableException
        || thrown instanceof SQLTransientException
        || thrown instanceof SQLNonTransientConnectionException
        || (thrown instanceof SQLException sql
            && sql.getSQLState() != null
            && OUTAGES.stream().anyMatch(sql.getSQLState()::startsWith));
  }

  public StoreException(String what, SQLException cause) {
    super(what + ": " + cause.getMessage(), cause);
  }
}
