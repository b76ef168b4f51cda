package io.synchronik.impl.store.jdbc;

import io.synchronik.impl.settings.Message;
import io.synchronik.run.SynchronikException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** The database refused a statement or could not be reached; callers see it as it is. */
public final class StoreException extends SynchronikException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CAUSES = 20;
  private static final List<String> OUTAGES =
      List.of("08", "40", "53", "57", "90067", "90098", "90121");

  /** Connections, and the servers' words for their own end. */
  private static final List<String> LOST =
      List.of("08", "57P01", "57P02", "57P03", "90067", "90098", "90121");

  /** H2's state of whatever is closed: of a connection, where a resource manager says so. */
  private static final List<String> CLOSED = List.of("90007");

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
    return lies(thrown, StoreException::isLockedItself);
  }

  private static boolean isLockedItself(Throwable thrown) {
    return thrown instanceof SQLException sql
        && sql.getSQLState() != null
        && LOCKED.contains(sql.getSQLState());
  }

  /** Returns the database's own words, or the datasource's, in one line without statements. */
  public static String reason(Throwable thrown) {
    Throwable found = thrown;
    Throwable current = thrown;
    for (int depth = 0; current != null && depth < MOST_CAUSES; depth++) {
      if (current instanceof SQLException) {
        found = current;
        if (!(current instanceof BatchUpdateException)) {
          break;
        }
      }
      current = next(current);
    }
    String line = String.valueOf(found.getMessage()).lines().findFirst().orElseGet(found::toString);
    int statement = line.indexOf("; SQL statement:");
    return statement < 0 ? line : line.substring(0, statement);
  }

  /** What a batch says holds its statement; what it goes on to tell does not. */
  private static @Nullable Throwable next(Throwable thrown) {
    SQLException more =
        thrown instanceof BatchUpdateException batch ? batch.getNextException() : null;
    return more == null ? thrown.getCause() : more;
  }

  /**
   * Tells whether the database or the way to it failed, so that the same may succeed later: SQL
   * states 08 (connection), 40 (serialization, deadlock), 53 and 57 (resources, shutdown), H2's
   * states of closed connections and databases, or a resource manager that does not answer.
   */
  public static boolean isOutage(Throwable thrown) {
    return lies(thrown, StoreException::isOutageItself);
  }

  /**
   * Tells whether the database is away: an outage that is neither a deadlock nor anything else that
   * a database does to one transaction while it serves others.
   */
  public static boolean isUnreachable(Throwable thrown) {
    return lies(thrown, StoreException::isUnreachableItself);
  }

  /** Tells whether there was no connection to be had, rather than one that was lost. */
  public static boolean isWithoutConnection(Throwable thrown) {
    return lies(thrown, NamedDataSource.Unreachable.class::isInstance);
  }

  private static boolean lies(Throwable thrown, Predicate<Throwable> asked) {
    Throwable current = thrown;
    for (int depth = 0; current != null && depth < MOST_CAUSES; depth++) {
      if (asked.test(current)
          || Arrays.stream(current.getSuppressed()).anyMatch(one -> lies(one, asked))) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }

  /**
   * Tells whether a connection was lost or not to be had: what was not committed on it is rolled
   * back.
   */
  public static boolean isLostConnection(Throwable thrown) {
    Throwable current = thrown;
    for (int depth = 0; current != null && depth < MOST_CAUSES; depth++) {
      if (isLostConnectionItself(current)) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }

  private static boolean isLostConnectionItself(Throwable thrown) {
    return thrown instanceof SQLRecoverableException
        || thrown instanceof SQLTransientConnectionException
        || thrown instanceof SQLNonTransientConnectionException
        || (thrown instanceof SQLException sql
            && sql.getSQLState() != null
            && LOST.stream().anyMatch(sql.getSQLState()::startsWith));
  }

  private static boolean isOutageItself(Throwable thrown) {
    return isUnreachableItself(thrown)
        || (thrown instanceof SQLTransientException && !isLockedItself(thrown))
        || isOf(OUTAGES, thrown);
  }

  private static boolean isUnreachableItself(Throwable thrown) {
    if (thrown instanceof XAException xa) {
      return xa.errorCode == XAException.XAER_RMFAIL
          || xa.errorCode == XAException.XA_RBCOMMFAIL
          || (xa.getCause() != null && isOf(CLOSED, xa.getCause()));
    }
    return thrown instanceof SQLRecoverableException
        || thrown instanceof SQLTransientConnectionException
        || thrown instanceof SQLNonTransientConnectionException
        || isOf(LOST, thrown);
  }

  private static boolean isOf(List<String> states, Throwable thrown) {
    return thrown instanceof SQLException sql
        && sql.getSQLState() != null
        && states.stream().anyMatch(sql.getSQLState()::startsWith);
  }

  public StoreException(String what, SQLException cause) {
    super(text(what, cause), cause);
  }

  /** What has a number already is said as it is. */
  private static String text(String what, SQLException cause) {
    String said = String.valueOf(cause.getMessage());
    return said.startsWith("SYNC-") ? said : Message.STATEMENT_FAILED.with(said, what.strip());
  }
}
