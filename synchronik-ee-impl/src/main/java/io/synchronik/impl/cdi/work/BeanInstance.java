package io.synchronik.impl.cdi.work;

import io.synchronik.impl.bean.BeanReference;
import jakarta.enterprise.context.spi.CreationalContext;

/** A bean's instance with a request context, for one use on this thread. */
final class BeanInstance implements AutoCloseable {
  private final RequestScopes.Scope request;
  private final CreationalContext<?> creation;
  private final Object instance;

  private BeanInstance(
      RequestScopes.Scope request, CreationalContext<?> creation, Object instance) {
    this.request = request;
    this.creation = creation;
    this.instance = instance;
  }

  static BeanInstance open(RequestScopes scopes, BeanReference bean) {
    RequestScopes.Scope request = scopes.begin();
    CreationalContext<?> creation = bean.begin();
    try {
      return new BeanInstance(request, creation, bean.get(creation));
    } catch (Throwable e) {
      // Also what is no exception; the request must not stay with the thread
      try {
        creation.release();
      } finally {
        request.end();
      }
      throw e;
    }
  }

  Object get() {
    return instance;
  }

  /** Ends the request, and the instance when it is a dependent one. */
  @Override
  public void close() {
    try {
      creation.release();
    } finally {
      request.end();
    }
  }
}
