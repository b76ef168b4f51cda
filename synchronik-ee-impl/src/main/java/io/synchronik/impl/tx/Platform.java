package io.synchronik.impl.tx;

import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.NamedDataSource;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.TransactionManager;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the environment provides: a server or Java SE.
 *
 * @param datasource a JTA datasource
 * @param entityManagers on that datasource
 * @param transactions the JTA transaction manager
 * @param context runs something on the calling thread inside the application's context
 * @param apart runs a transaction on the calling thread, apart from the connections of the
 *     component that the thread is in
 * @param application what the application itself provides
 */
public record Platform(
    DataSource datasource,
    EntityManagerFactory entityManagers,
    TransactionManager transactions,
    Executor context,
    Executor apart,
    Application application) {

  private static final String NOBODY = "code";

  /**
   * What the application provides.
   *
   * @param caller who calls, for the history
   * @param requests request contexts for its code
   */
  public record Application(Caller caller, UserCode.Requests requests) {}

  /**
   * Returns a datasource that says which one it is when it gives no connection, as it does now when
   * its database is away.
   *
   * @throws io.synchronik.run.SynchronikException if its database is of a kind or a mode that is
   *     not supported
   */
  public static DataSource reached(String name, DataSource datasource) {
    DataSource named = new NamedDataSource(name, datasource);
    Dialect.of(named);
    return named;
  }

  /** Tells who calls. */
  @FunctionalInterface
  public interface Caller {
    /** Returns the caller's name, {@code code} when nobody is logged in. */
    String name();
  }

  /** Returns who is logged in, null when nobody is. */
  public @Nullable String principal() {
    String name = application.caller.name();
    return name.isBlank() || name.equals(NOBODY) ? null : name;
  }

  /** Returns who tells who calls, by names that the tables can keep. */
  public Caller caller() {
    return () -> {
      String name = application.caller.name();
      return name.isBlank() ? NOBODY : Texts.told(name, Texts.WHO);
    };
  }
}
