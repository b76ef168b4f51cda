package io.synchronik.impl.cdi;

import io.synchronik.SynchronikManager;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.tell.Subscribers;
import io.synchronik.run.EngineStoppedException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The manager as it is injected: beans may hold it before the engine has started. */
final class LateManager implements InvocationHandler {
  private final Supplier<@Nullable SynchronikManager> started;
  private final Subscribers subscribers;

  private LateManager(Supplier<@Nullable SynchronikManager> started, Subscribers subscribers) {
    this.started = started;
    this.subscribers = subscribers;
  }

  static SynchronikManager of(
      Supplier<@Nullable SynchronikManager> started, Subscribers subscribers) {
    return (SynchronikManager)
        Proxy.newProxyInstance(
            SynchronikManager.class.getClassLoader(),
            new Class<?>[] {SynchronikManager.class},
            new LateManager(started, subscribers));
  }

  @Override
  @SuppressWarnings("unchecked") // the only method of this name takes such a listener
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("subscribeToEvents") && arguments != null) {
      return subscribers.add((Consumer<SynchronikEvent>) arguments[0]);
    }
    SynchronikManager manager = started.get();
    Object target = manager == null ? this : manager;
    if (manager == null && method.getDeclaringClass() != Object.class) {
      if (method.isDefault()) {
        return InvocationHandler.invokeDefault(proxy, method, arguments);
      }
      throw new EngineStoppedException("SYNC-0063 The engine has not started yet");
    }
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
