package io.synchronik.impl.cdi.platform;

import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.jpa.JpaBootstrap;
import io.synchronik.impl.tx.Platform;
import io.synchronik.run.SynchronikException;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.transaction.TransactionManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a Jakarta EE server provides, found by its well-known names. */
public final class ServerPlatform {
  private static final String CONTEXT_SERVICE = "java:comp/DefaultContextService";
  private static final String PAYARA = "java:appserver/TransactionManager";
  private static final List<String> TRANSACTION_MANAGERS =
      List.of(
          "java:jboss/TransactionManager",
          PAYARA,
          "java:comp/TransactionManager",
          "java:/TransactionManager");

  private ServerPlatform() {}

  /** Returns whether this is a server; possible at any time, as the names are global. */
  public static boolean isThere() {
    return TRANSACTION_MANAGERS.stream()
        .anyMatch(name -> lookup(name, TransactionManager.class) != null);
  }

  /** Captures the context of the calling thread: the application's, at its start. */
  public static Executor context() {
    ContextService service = lookup(CONTEXT_SERVICE, ContextService.class);
    if (service == null) {
      throw new SynchronikException(
          Message.NOT_PROVIDED.with("Jakarta Concurrency", CONTEXT_SERVICE + " is not bound"));
    }
    return new ContextPool(service);
  }

  public static Platform create(
      String datasourceName, Executor context, Platform.Application application) {
    DataSource found = lookup(datasourceName, DataSource.class);
    if (found == null) {
      throw new SynchronikException(Message.NO_DATASOURCE.with(datasourceName));
    }
    DataSource datasource = Platform.reached(datasourceName, found);
    TransactionManager transactions = transactionManager();
    return new Platform(
        datasource,
        JpaBootstrap.create(datasource, Map.of()),
        transactions,
        context,
        transactions instanceof InvocationTransactions ? context : Runnable::run,
        application);
  }

  private static TransactionManager transactionManager() {
    for (String name : TRANSACTION_MANAGERS) {
      TransactionManager found = lookup(name, TransactionManager.class);
      if (found != null) {
        return name.equals(PAYARA) ? new InvocationTransactions(found) : found;
      }
    }
    throw new SynchronikException(Message.NO_TRANSACTION_MANAGER.with(TRANSACTION_MANAGERS));
  }

  @SuppressWarnings("BanJNDI") // names come from code and configuration only
  private static <T> @Nullable T lookup(String name, Class<T> type) {
    try {
      Object found = new InitialContext().lookup(name);
      return type.isInstance(found) ? type.cast(found) : null;
    } catch (NamingException e) {
      return null;
    }
  }
}
