package io.synchronik.it.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A connection of the driver on which faults strike. */
final class FaultyConnection implements InvocationHandler {
  private final Connection physical;
  private final Faults faults;

  private FaultyConnection(Connection physical, Faults faults) {
    this.physical = physical;
    this.faults = faults;
  }

  static <C extends Connection> C of(C physical, Class<C> type, Faults faults) {
    return proxy(type, new FaultyConnection(physical, faults));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public @Nullable Object invoke(
      Object self, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.getName().equals("equals")
          ? self == first(arguments)
          : method.invoke(this, arguments);
    }
    if (faults.isLate(physical)) {
      return lost(method);
    }
    if (isCommit(method, arguments)) {
      return faults.commit(physical, () -> call(physical, method, arguments));
    }
    Object result = call(physical, method, arguments);
    return result instanceof Statement statement
        ? faulty(statement, String.valueOf(first(arguments)))
        : result;
  }

  /** The database is still at its commit; the client has nothing of it any more. */
  private static @Nullable Object lost(Method method) throws SQLException {
    return switch (method.getName()) {
      case "close", "abort" -> null;
      case "isClosed" -> true;
      case "isValid" -> false;
      default -> throw Faults.lost("while it commits");
    };
  }

  /** PostgreSQL's XA resource commits by a statement of the driver's own. */
  private static boolean isCommit(Method method, @Nullable Object @Nullable [] arguments) {
    return method.getName().equals("commit")
        || (method.getName().equals("execSQLUpdate") && "COMMIT".equals(first(arguments)));
  }

  private Statement faulty(Statement statement, String sql) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            Object own = first(arguments);
            faults.beforeStatement(physical, own == null ? sql : own.toString());
          }
          return call(statement, method, arguments);
        };
    if (statement instanceof CallableStatement) {
      return proxy(CallableStatement.class, handler);
    }
    return statement instanceof PreparedStatement
        ? proxy(PreparedStatement.class, handler)
        : proxy(Statement.class, handler);
  }

  private static @Nullable Object first(@Nullable Object @Nullable [] arguments) {
    return arguments == null || arguments.length == 0 ? null : arguments[0];
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
