package io.synchronik.impl.cdi.work;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Request contexts for attempts. A controller serves one after the other, as making one costs more
 * than all else about a short attempt; there are as many as threads have used at once.
 */
public final class RequestScopes {
  private final BeanManager beans;
  private final Queue<RequestContextController> idle = new ConcurrentLinkedQueue<>();

  public RequestScopes(BeanManager beans) {
    this.beans = beans;
  }

  /** Begins a request context on this thread. */
  public Scope begin() {
    RequestContextController present = idle.poll();
    RequestContextController controller = present == null ? create() : present;
    return new Scope(controller, controller.activate());
  }

  /** It is dependent on nothing, and nothing is to be done at its end. */
  private RequestContextController create() {
    Bean<?> bean = beans.resolve(beans.getBeans(RequestContextController.class));
    CreationalContext<?> creation = beans.createCreationalContext(bean);
    return (RequestContextController)
        beans.getReference(bean, RequestContextController.class, creation);
  }

  /** A request context on one thread. */
  public final class Scope {
    private final RequestContextController controller;
    private final boolean activated;

    private Scope(RequestContextController controller, boolean activated) {
      this.controller = controller;
      this.activated = activated;
    }

    public void end() {
      if (activated) {
        try {
          controller.deactivate();
        } catch (ContextNotActiveException e) {
          // Application code has ended it; the controller is not to be trusted
          return;
        }
      }
      idle.add(controller);
    }
  }
}
