package io.synchronik.it.servers.app;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What code finds around it, wherever it is called. */
public final class Surroundings {
  private Surroundings() {}

  /** Returns the application's name as naming has it, with all that is amiss. */
  public static String describe() {
    return named("java:module/ModuleName") + loader() + transaction() + requestContext();
  }

  private static String loader() {
    ClassLoader own = Surroundings.class.getClassLoader();
    return Thread.currentThread().getContextClassLoader() == own ? "" : " wrong-loader";
  }

  private static String transaction() {
    Object registry = named("java:comp/TransactionSynchronizationRegistry");
    boolean none =
        registry instanceof TransactionSynchronizationRegistry found
            && found.getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
    return none ? "" : " transaction";
  }

  private static String requestContext() {
    try {
      return CDI.current().select(Request.class).get().isThere() ? "" : " no-request";
    } catch (ContextNotActiveException e) {
      return " no-request";
    }
  }

  @SuppressWarnings("BanJNDI") // constant names
  private static Object named(String name) {
    try {
      return new InitialContext().lookup(name);
    } catch (NamingException e) {
      return " no-" + name;
    }
  }
}
